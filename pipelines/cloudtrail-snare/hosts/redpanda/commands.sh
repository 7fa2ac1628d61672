#!/usr/bin/env bash
# Deploys the transform on a broker, and shows what comes out of one record.
set -euo pipefail
rpk cluster config set data_transforms_enabled true # takes a restart of the brokers
rpk topic create cloudtrail cloudtrail-snare
rpk transform deploy --file snare.wasm --name cloudtrail-snare \
  --input-topic cloudtrail --output-topic cloudtrail-snare
rpk topic produce cloudtrail < record.json
rpk topic consume cloudtrail-snare --num 1
