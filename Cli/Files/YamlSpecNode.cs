using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Spec;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CloudSweep.Cli.Files;

/// <summary>Reads YAML into the tree that Core understands. Keys that are given twice are kept, so that they can be reported.</summary>
internal sealed class YamlSpecNode
{
    private const int MaxDepth = 32;

    private readonly Parser _parser;

    private YamlSpecNode(string text) => _parser = new Parser(new StringReader(text));

    /// <exception cref="InvalidSweepException">The text is no YAML, or uses anchors, tags or several documents.</exception>
    public static SpecNode Parse(string text)
    {
        try
        {
            return new YamlSpecNode(text).ReadDocument();
        }
        catch (YamlException exception)
        {
            var message = exception.InnerException?.Message ?? exception.Message;
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"Is not valid YAML at column {exception.Start.Column}: {message}"), exception.Start);
        }
    }

    private static InvalidSweepException Invalid(string problem, Mark at) => new([new SpecViolation("(file)", problem, (int)at.Line)]);

    private SpecNode ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            throw new InvalidSweepException([new SpecViolation("(file)", "Is empty. See examples/digits.yaml for a sweep file.", 1)]);
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<StreamEnd>(out _)
            ? root
            : throw Invalid("Has more than one document; write one sweep per file.", _parser.Current!.Start);
    }

    private SpecNode ReadNode(int depth)
    {
        var start = _parser.Current!.Start;
        if (depth > MaxDepth)
        {
            throw Invalid("Is nested too deeply.", start);
        }

        if (_parser.Current is AnchorAlias || _parser.Current is NodeEvent { Anchor.IsEmpty: false } || _parser.Current is NodeEvent { Tag.IsEmpty: false })
        {
            throw Invalid("Uses anchors, aliases or tags, which sweep files don't have; write the value out.", start);
        }

        var line = (int)start.Line;
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return new SpecNode.Scalar(scalar.Value, scalar.Style != ScalarStyle.Plain, line);
        }

        if (_parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<SpecNode>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(depth + 1));
            }

            return new SpecNode.Sequence(items, line);
        }

        _parser.Consume<MappingStart>();
        var entries = new List<SpecEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1) as SpecNode.Scalar ?? throw Invalid("Has a key that is not text.", start);
            entries.Add(new SpecEntry(key.Text, key.Line, ReadNode(depth + 1)));
        }

        return new SpecNode.Map(entries, line);
    }
}
