//! Recall (撤回消息) of one message or of up to 30: `POST …/messages/msg_recall`, `POST …/messages/batch_recall`.

use super::app::{App, Feature};
use super::gate::Done;
use super::limits::Limits;
use super::recall_item::{ERROR, Item};
use super::refusal::{Fields, Refusal};

const BATCH_LIMIT: usize = 30;

fn must_be_open(app: &App) -> Result<(), Refusal> {
    match app.features {
        Feature::Open => Ok(()),
        Feature::Closed => Err(Refusal::new(403, "forbidden_op", "message recall service is unopened")
            .also("ForbiddenOpException")),
    }
}

/// Recalls one message.
pub(super) fn recall(app: &mut App, body: Fields, limits: &Limits, now_ms: i64) -> Result<Done, Refusal> {
    let item = Item::read(body)?;
    must_be_open(app)?;
    let happening = item.recall(app, None, limits, now_ms).map_err(|failure| failure.refusal())?;
    Ok(Done::enveloped(item.result("yes"), vec![happening]))
}

/// Recalls what can be recalled of a list, and tells of each.
pub(super) fn batch_recall(
    app: &mut App,
    mut body: Fields,
    limits: &Limits,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let rows = body.objects("msgs")?.unwrap_or_default();
    if rows.is_empty() {
        return Err(Refusal::new(400, ERROR, "param msgs can't be empty"));
    }
    if rows.len() > BATCH_LIMIT {
        return Err(Refusal::new(400, ERROR, "msgs size can't exceed limit 30"));
    }
    let info = body.text("recallMessageExtensionInfo")?;
    body.finish()?;
    let items: Vec<Item> = rows.into_iter().map(Item::read).collect::<Result<_, _>>()?;
    must_be_open(app)?;
    let (mut results, mut happenings) = (Vec::new(), Vec::new());
    for item in items {
        match item.recall(app, info.as_ref(), limits, now_ms) {
            Ok(happening) => {
                results.push(item.result("yes"));
                happenings.push(happening);
            }
            Err(failure) => results.push(item.result(failure.text())),
        }
    }
    Ok(Done::enveloped(results.into(), happenings))
}
