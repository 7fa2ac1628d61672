//! The descriptor of the plugin, with the vocabulary and examples.

use crate::database::Database;
use crate::fields::Field;
use crate::record::ENGLISH;
use crate::stage::EnrichGeoip;
use crate::subset::{self, Wanted};
use bytes::Bytes;
use serde::Deserialize;
use trailmill_stage::{
    After, Build, Example, OptionSpec, Resources, Settings, SettingsError, Stage, StageSpec,
};

/// The plugin `enrich-geoip`.
pub const SPEC: StageSpec = StageSpec {
    name: "enrich-geoip",
    summary: "Says where the source address of an event is: country, city, location, network.",
    details: DETAILS,
    options: OPTIONS,
    examples: EXAMPLES,
    guards: false,
    build: Build::Stage(build),
};

const DETAILS: &str = "\
Adds the object `enrichment.geo`, from databases in the format of MaxMind that the pipeline names: \
GeoLite2, GeoIP2 and those of other makers with the same members. A member that is not known is \
absent, never null or empty:

| member | what it says |
|---|---|
| `country` | `isoCode` (ISO 3166-1) and `name` |
| `region` | the largest division of the country: `isoCode` (ISO 3166-2) and `name` |
| `city` | the name |
| `location` | `latitude` and `longitude` in degrees, and `accuracyKilometers`, the radius around \
them in which the address probably is |
| `timeZone` | its name in the IANA database |
| `autonomousSystem` | `number` and `organization` of the network |

For an address in Sweden, with a City and an ASN database:

```json
{
  \"country\": {
    \"isoCode\": \"SE\",
    \"name\": \"Sweden\"
  },
  \"region\": {
    \"isoCode\": \"SE-E\",
    \"name\": \"Östergötland County\"
  },
  \"city\": \"Linköping\",
  \"location\": {
    \"latitude\": 58.4167,
    \"longitude\": 15.6167,
    \"accuracyKilometers\": 76
  },
  \"timeZone\": \"Europe/Stockholm\",
  \"autonomousSystem\": {
    \"number\": 29518,
    \"organization\": \"Bredband2 AB\"
  }
}
```

Only a `sourceIPAddress` that is a public address and nothing else is looked up: not the name of a \
service, `AWS Internal`, or an address that is private, reserved or for documentation.

The type in a database says what it is of: City, Country or Enterprise of places, ASN, ISP or \
Enterprise of networks; others are refused. Of several databases the first that knows anything of \
the place gives all of the place, and the first that knows the network gives the network: name a \
database of your own before the public one, and a City before a Country database.

Databases are mapped into memory: a new version should take the place of the file by a rename, as \
`geoipupdate` does it, and is used from the next start on. Writing over the file in place may give \
wrong answers, and ends the program if the file gets shorter.

A module that `trailmill export` makes holds of each database only what is looked up there: the \
`fields`, in one `language`, with networks joined that then say the same. Answers stay the same. \
Points (`location`) take the most room, since nearly every network has its own; without them a \
City database gets several times smaller. One in which something is damaged, or of which another \
stage of the pipeline reads other fields, stands there whole.

A record of a database that can not be read is the fault `geo-database-damaged`. An `enrichment` \
that is no object (null counts as absent) is the fault `geo-in-the-way`.";

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "databases",
        kind: "list of paths",
        default: "",
        summary: "The database files (.mmdb), relative to the pipeline file.",
    },
    OptionSpec {
        name: "language",
        kind: "text",
        default: "en",
        summary: "The language of names, as databases write it (de, pt-BR); where there is none, \
                  the English name.",
    },
    OptionSpec {
        name: "fields",
        kind: "list of country, region, city, location, timeZone, autonomousSystem",
        default: r#"["country", "region", "city", "location", "timeZone", "autonomousSystem"]"#,
        summary: "The members to write.",
    },
];

const EXAMPLES: &[Example] = &[Example {
    title: "Say where calls come from",
    settings: r#"{"databases": ["city.mmdb"], "fields": ["country", "city"]}"#,
    before: r#"{"eventName": "ConsoleLogin", "sourceIPAddress": "89.160.20.112"}"#,
    after: After::Event(
        r#"{"eventName":"ConsoleLogin","sourceIPAddress":"89.160.20.112","enrichment":{"geo":{"country":{"isoCode":"SE","name":"Sweden"},"city":"Linköping"}}}"#,
    ),
}];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    databases: Vec<String>,
    language: Option<String>,
    fields: Option<Vec<Field>>,
}

fn build(settings: &Settings, resources: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    let options: Options = settings.read()?;
    let fields = kept(options.fields)?;
    let language = options.language.as_deref();
    if options.databases.is_empty() {
        let message = "no database to look in; name a file, or leave out the stage";
        return Err(SettingsError::new("databases", message));
    }
    let wanted = Wanted { fields: &fields, language: language.unwrap_or(ENGLISH) };
    // What a module is given was cut when it was made; none has the code for it.
    let cut = |whole: &Bytes| match cfg!(target_family = "wasm") {
        true => Err("it is not cut here".to_owned()),
        false => subset::cut(whole, wanted).map_err(str::to_owned),
    };
    let mut databases = Vec::new();
    for (at, path) in options.databases.iter().enumerate() {
        let bytes = resources.mapped_part(path, &cut);
        let database = bytes.and_then(|bytes| Database::open(path, bytes, language));
        let option = format!("databases[{at}]");
        databases.push(database.map_err(|message| SettingsError::new(&option, message))?);
    }
    let language = options.language.unwrap_or_else(|| ENGLISH.to_owned());
    Ok(Box::new(EnrichGeoip::new(databases, fields, language)))
}

/// The fields to write, in their order.
fn kept(given: Option<Vec<Field>>) -> Result<Vec<Field>, SettingsError> {
    let Some(given) = given else { return Ok(Field::ALL.to_vec()) };
    if given.is_empty() {
        let message = "no field to write; name one, or leave out the stage";
        return Err(SettingsError::new("fields", message));
    }
    Ok(Field::ALL.into_iter().filter(|field| given.contains(field)).collect())
}
