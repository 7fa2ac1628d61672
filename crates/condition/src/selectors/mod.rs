//! Advanced event selectors of AWS CloudTrail.

mod compile;
mod evaluate;

use crate::ConditionError;
use crate::value::Names;
use serde_json::Value;
use trailmill_event::Event;

/// Advanced event selectors of AWS CloudTrail, ready to be asked.
///
/// They are written as `put-event-selectors` takes them: a list of selectors, each with a list of
/// `FieldSelectors` and a `Name` if you like.
///
/// | part | holds if |
/// |---|---|
/// | the list | one of its selectors does |
/// | a selector | all of its field selectors do |
/// | `Equals`, `StartsWith`, `EndsWith` of a field | any of their values fits; not for a field that is not there |
/// | `NotEquals`, `NotStartsWith`, `NotEndsWith` | none of their values fits; also for a field that is not there |
///
/// This is how CloudTrail evaluates several conditions (AWS CloudTrail User Guide, "Filtering data
/// events by using advanced event selectors"). On what AWS does not say, these hold: truth values
/// are compared as `true` and `false`; the conditions of a selector on `resources.type` and
/// `resources.ARN` must hold for one resource, but those that exclude must hold for all; a record
/// without `eventCategory` is taken to be `Management` or `Data` as its `managementEvent` says.
#[derive(Clone, Debug)]
pub struct Selectors {
    /// The top-level members that they ask for.
    names: Names,
    selectors: Vec<Selector>,
}

/// Conditions that must all hold.
#[derive(Clone, Debug, Default)]
struct Selector {
    /// Those on the record.
    record: Vec<FieldSelector>,
    /// Those on its resources.
    resources: Vec<FieldSelector>,
}

/// Conditions on one field.
#[derive(Clone, Debug)]
struct FieldSelector {
    field: &'static Field,
    /// One of them must hold, if there are any.
    select: Vec<Operator>,
    /// None of them must hold.
    deselect: Vec<Operator>,
}

#[derive(Clone, Debug)]
enum Operator {
    Equals(Box<str>),
    StartsWith(Box<str>),
    EndsWith(Box<str>),
}

impl Selector {
    /// The top-level members that it asks for.
    fn members(&self) -> impl Iterator<Item = &'static str> {
        let resources = (!self.resources.is_empty()).then_some(RESOURCES);
        let fields = self.record.iter().flat_map(|selector| {
            let stands_in = (selector.field.name == EVENT_CATEGORY).then_some(MANAGEMENT_EVENT);
            selector.field.steps.first().copied().into_iter().chain(stands_in)
        });
        fields.chain(resources)
    }
}

/// A field that can be selected on, and the members that lead to it.
#[derive(Debug)]
struct Field {
    name: &'static str,
    steps: &'static [&'static str],
}

/// The member that has the resources, each with the fields whose names begin so.
const RESOURCES: &str = "resources";
const EVENT_CATEGORY: &str = "eventCategory";
/// The member that says the category where there is none.
const MANAGEMENT_EVENT: &str = "managementEvent";

/// The fields that CloudTrail knows (AWS CloudTrail API Reference, `AdvancedFieldSelector`).
const FIELDS: &[Field] = &[
    Field { name: "errorCode", steps: &["errorCode"] },
    Field { name: "eventCategory", steps: &["eventCategory"] },
    Field { name: "eventName", steps: &["eventName"] },
    Field { name: "eventSource", steps: &["eventSource"] },
    Field { name: "eventType", steps: &["eventType"] },
    Field { name: "readOnly", steps: &["readOnly"] },
    Field { name: "resources.ARN", steps: &["ARN"] },
    Field { name: "resources.type", steps: &["type"] },
    Field { name: "sessionCredentialFromConsole", steps: &["sessionCredentialFromConsole"] },
    Field { name: "userIdentity.arn", steps: &["userIdentity", "arn"] },
    Field { name: "vpcEndpointId", steps: &["vpcEndpointId"] },
];

impl Selectors {
    /// Compiles selectors.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn new(selectors: &Value) -> Result<Self, ConditionError> {
        let Some(list) = selectors.as_array().filter(|list| !list.is_empty()) else {
            return Err(ConditionError::new("", "expected a list of selectors"));
        };
        let compiled = list.iter().enumerate().map(|(position, written)| {
            compile::selector(written).map_err(|error| error.inside(&format!("[{position}]")))
        });
        let selectors: Vec<Selector> = compiled.collect::<Result<_, _>>()?;
        let mut names = Names::default();
        for name in selectors.iter().flat_map(Selector::members) {
            names.slot(name);
        }
        Ok(Selectors { names, selectors })
    }

    /// Whether the event is one of those that the selectors select.
    pub fn matches(&self, event: &Event<'_>) -> bool {
        let record = self.names.find(event.root());
        self.selectors.iter().any(|selector| selector.selects(&record))
    }
}
