using System.Globalization;
using System.Net;
using System.Text;
using CloudSweep.Cli.Output;

namespace CloudSweep.Cli.Report;

/// <summary>Builds HTML. Whatever is put into it is encoded unless it is <see cref="Markup"/>, so no name or cell can end an element.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    /// <summary>One line; texts in it are encoded.</summary>
    public HtmlText Line(FormattableString html)
    {
        _html.Append(Of(html).Html).Append('\n');
        return this;
    }

    /// <summary>A part that was built before.</summary>
    public HtmlText Add(string html)
    {
        _html.Append(html);
        return this;
    }

    /// <summary>A part of a line.</summary>
    public static Markup Of(FormattableString html) =>
        new(string.Format(CultureInfo.InvariantCulture, html.Format, [.. html.GetArguments().Select(Encode)]));

    /// <summary>Text that is a name or was made elsewhere: digits in it are no figures of the report.</summary>
    public static Markup Words(string text) => Of($"<span class=\"words\">{text}</span>");

    /// <summary>Parts with something between them.</summary>
    public static Markup Join(string separator, IEnumerable<Markup> parts) => new(string.Join(separator, parts.Select(part => part.Html)));

    public override string ToString() => _html.ToString();

    private static object? Encode(object? argument) => argument switch
    {
        Markup markup => markup.Html,
        string text => WebUtility.HtmlEncode(PlainTextWriter.Plain(text)),
        Enum value => WebUtility.HtmlEncode(value.ToString()),
        _ => argument,
    };
}
