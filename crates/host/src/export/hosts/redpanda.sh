# Redpanda 23.3 or later, with data_transforms_enabled. Records in trouble go on with a header
# trailmill-fault.
rpk transform deploy --file {file} --name cloudtrail \
  --input-topic cloudtrail --output-topic cloudtrail-rows
