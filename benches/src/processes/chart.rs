//! The chart of speeds, as SVG that can be read on light and on dark pages.

use super::contest::Line;
use std::fmt::Write;

const WIDTH: usize = 760;
const LINE: usize = 26;
/// Where the bars begin, and how long the longest is.
const LEFT: usize = 310;
const LONGEST: f64 = 380.0;
const TOP: usize = 44;

const STYLE: &str = "\
text { font: 13px system-ui, sans-serif; fill: #1f2328 } .own { font-weight: 600 }
.bar { fill: #8c959f } .bar.own { fill: #0969da } .spread { stroke: #1f2328; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .bar { fill: #6e7681 } .bar.own { fill: #4493f8 }
.spread { stroke: #e6edf3 } }";

/// A bar for each contender, with its median and the spread of its rounds.
pub(super) fn svg(title: &str, lines: &[Line]) -> String {
    let height = TOP + lines.len() * LINE + 12;
    let title = escaped(&format!("{title}, MB/s by CPU time on one core (longer is faster)"));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         role=\"img\" aria-label=\"{title}\">\n<style>\n{STYLE}\n</style>\n\
         <text x=\"12\" y=\"24\" class=\"own\">{title}</text>\n"
    );
    let most = lines.iter().map(|line| line.speeds()[2]).fold(1.0, f64::max);
    for (number, line) in lines.iter().enumerate() {
        bar(line, TOP + number * LINE, LONGEST / most, &mut svg);
    }
    svg + "</svg>\n"
}

fn bar(line: &Line, top: usize, scale: f64, svg: &mut String) {
    let [slowest, median, fastest] = line.speeds();
    let own = if line.name.starts_with("trailmill") { " own" } else { "" };
    let at = |speed: f64| LEFT as f64 + speed * scale;
    let (base, middle, name) = (top + 16, top + 11, escaped(&line.name));
    let _ = write!(
        svg,
        "<text x=\"{}\" y=\"{base}\" text-anchor=\"end\" class=\"name{own}\">{name}</text>\n\
         <rect x=\"{LEFT}\" y=\"{}\" width=\"{:.1}\" height=\"16\" class=\"bar{own}\"/>\n\
         <line x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{middle}\" y2=\"{middle}\" class=\"spread\"/>\n\
         <text x=\"{:.1}\" y=\"{base}\">{median:.0}</text>\n",
        LEFT - 10,
        top + 3,
        (median * scale).max(1.0),
        at(slowest),
        at(fastest),
        at(fastest.max(median)) + 8.0,
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::processes::process::Taken;
    use std::time::Duration;

    #[test]
    fn bars_are_as_long_as_speeds_are_high() {
        let line = |name: &str, seconds| {
            let cpu = Duration::from_secs(seconds);
            let rounds = vec![Taken { cpu, wall: cpu, peak_bytes: 0 }];
            Line { name: name.to_owned(), text_bytes: 800_000_000, rounds, ..Line::default() }
        };
        let svg = svg("a < b", &[line("trailmill", 1), line("serde \"x\"", 4)]);
        assert!(svg.contains("width=\"380.0\" height=\"16\" class=\"bar own\""), "{svg}");
        assert!(svg.contains("width=\"95.0\" height=\"16\" class=\"bar\""), "{svg}");
        assert!(svg.contains("a &lt; b") && svg.contains("serde &quot;x&quot;"), "{svg}");
        assert!(svg.contains(">800</text>") && svg.contains(">200</text>"), "{svg}");
    }
}
