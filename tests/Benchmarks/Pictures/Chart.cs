using System.Globalization;
using System.Net;
using System.Text;

namespace CloudSweep.Benchmarks.Pictures;

/// <summary>A small chart as SVG text: readable on light and dark pages, the same bytes for the same numbers.</summary>
internal sealed class Chart
{
    private const int Width = 640;
    private const int Height = 300;
    private const int Left = 62;
    private const int Right = 618;
    private const int Top = 14;
    private const int Bottom = 252;

    private readonly StringBuilder _svg = new();
    private readonly Axis _x;
    private readonly Axis _y;

    /// <param name="description">For people who don't see it.</param>
    /// <param name="x">Values, title and kind of the horizontal axis.</param>
    /// <param name="y">Of the vertical one.</param>
    public Chart(string description, (double Low, double High, string Title, bool IsLog) x, (double Low, double High, string Title, bool IsLog) y)
    {
        _x = new Axis(x.Low, x.High, Left, Right, x.IsLog);
        _y = new Axis(y.Low, y.High, Bottom, Top, y.IsLog);
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\">");
        Add($"<title>{WebUtility.HtmlEncode(description)}</title>");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>");
        foreach (var (value, text) in _x.Ticks())
        {
            Add($"<path d=\"M{_x.Place(value):F1} {Top}V{Bottom}\" stroke=\"#eeeeee\"/>");
            Text(_x.Place(value), Bottom + 17, text, "#555555", "middle");
        }

        foreach (var (value, text) in _y.Ticks())
        {
            Add($"<path d=\"M{Left} {_y.Place(value):F1}H{Right}\" stroke=\"#eeeeee\"/>");
            Text(Left - 7, _y.Place(value) + 4, text, "#555555", "end");
        }

        Add($"<path d=\"M{Left} {Top}V{Bottom}H{Right}\" fill=\"none\" stroke=\"#999999\"/>");
        Text((Left + Right) / 2.0, Height - 10, x.Title, "#333333", "middle");
        Add($"<text transform=\"translate(14 {(Top + Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\" fill=\"#333333\">{WebUtility.HtmlEncode(y.Title)}</text>");
    }

    public void Line(IEnumerable<(double X, double Y)> points, string colour, double width = 2) =>
        Add($"<polyline points=\"{string.Join(' ', points.Select(point => FormattableString.Invariant($"{_x.Place(point.X):F1},{_y.Place(point.Y):F1}")))}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"/>");

    /// <summary>A dotted line across, with a word in its middle.</summary>
    public void Across(double y, string text)
    {
        Add($"<path d=\"M{Left} {_y.Place(y):F1}H{Right}\" stroke=\"#777777\" stroke-dasharray=\"2 4\"/>");
        Text((Left + Right) / 2.0, _y.Place(y) - 5, text, "#777777", "middle");
    }

    /// <summary>A shade between two values of the horizontal axis.</summary>
    public void Band(double low, double high, string colour) =>
        Add($"<rect x=\"{_x.Place(low):F1}\" y=\"{Top}\" width=\"{_x.Place(high) - _x.Place(low):F1}\" height=\"{Bottom - Top}\" fill=\"{colour}\" opacity=\"0.12\"/>");

    /// <summary>A bar of one error up and down.</summary>
    public void Error(double x, double y, double error, string colour) =>
        Add($"<path d=\"M{_x.Place(x):F1} {_y.Place(y - error):F1}V{_y.Place(y + error):F1}\" stroke=\"{colour}\" stroke-width=\"1.5\"/>");

    /// <summary>A mark whose shape tells the verdict to those who don't see its colour.</summary>
    public void Mark(double x, double y, string mark, string colour) =>
        Add($"<text x=\"{_x.Place(x):F1}\" y=\"{_y.Place(y) + 6:F1}\" text-anchor=\"middle\" font-size=\"17\" fill=\"{colour}\">{mark}</text>");

    public void Ring(double x, double y) =>
        Add($"<circle cx=\"{_x.Place(x):F1}\" cy=\"{_y.Place(y):F1}\" r=\"12\" fill=\"none\" stroke=\"#222222\" stroke-width=\"2\"/>");

    /// <summary>Text at a value of each axis, moved by pixels.</summary>
    public void Label(double x, double y, string text, string colour, string anchor = "start", double right = 0, double down = 0) =>
        Text(_x.Place(x) + right, _y.Place(y) + down, text, colour, anchor);

    public override string ToString() => $"{_svg}</svg>\n";

    private void Text(double x, double y, string text, string colour, string anchor) =>
        Add($"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">{WebUtility.HtmlEncode(text)}</text>");

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
