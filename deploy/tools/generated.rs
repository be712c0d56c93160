//! Everything in `deploy/` that is made from the vendors' lists, and where it belongs.

use std::path::Path;

use super::allowed;
use super::schema;

/// The files as they ought to be: their paths from the repository, and their texts.
pub fn files(repository: &Path) -> std::io::Result<Vec<(&'static str, String)>> {
    let mut files = vec![("deploy/config.schema.json", schema::written(&schema::schema(), 0) + "\n")];
    for (path, clouds, calls) in [
        ("deploy/nginx/same-origin.conf.template", allowed::nginx_clouds(), allowed::nginx_calls()),
        ("deploy/nginx/cross-origin.conf.template", allowed::nginx_clouds(), allowed::nginx_calls()),
        ("deploy/caddy/same-origin.Caddyfile", allowed::caddy_clouds(), allowed::caddy_calls()),
        ("deploy/caddy/cross-origin.Caddyfile", allowed::caddy_clouds(), allowed::caddy_calls()),
    ] {
        let text = std::fs::read_to_string(repository.join(path))?;
        let text = filled(&text, "clouds", &clouds).and_then(|text| filled(&text, "calls", &calls));
        files.push((path, text.ok_or_else(|| std::io::Error::other(format!("{path} has lost its marks")))?));
    }
    Ok(files)
}

/// The text with `lines` between the two lines that carry the marks `[name]` and `[/name]`.
fn filled(text: &str, name: &str, lines: &str) -> Option<String> {
    let begin = text.find(&format!("# [{name}]"))?;
    let start = begin + text.get(begin..)?.find('\n')? + 1;
    let end = text.get(start..)?.find(&format!("# [/{name}]"))? + start;
    let end = text.get(..end)?.rfind('\n')? + 1;
    Some(format!("{}{lines}{}", text.get(..start)?, text.get(end..)?))
}
