using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Collects the mistakes of one file and knows on which line each field is.</summary>
internal sealed class Findings
{
    private readonly List<SpecViolation> _violations = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    public void Locate(string field, int line) => _lines.TryAdd(field, line);

    public void Add(string field, string problem, int line) =>
        _violations.Add(new SpecViolation(field, problem, line > 0 ? line : LineOf(field)));

    /// <summary>Adds what rules found, but not about fields that could not be read anyway.</summary>
    public void AddRules(IEnumerable<SpecViolation> violations)
    {
        var unread = _violations.Select(violation => violation.Field).ToArray();
        foreach (var violation in violations.Where(violation => !unread.Any(field => Concerns(field, violation.Field))))
        {
            Add(violation.Field, violation.Problem, 0);
        }
    }

    /// <summary>In file order; fields without a line last.</summary>
    public IReadOnlyList<SpecViolation> InFileOrder() =>
        [.. _violations.Distinct().OrderBy(violation => violation.Line == 0 ? int.MaxValue : violation.Line)];

    private static bool Concerns(string unread, string field) =>
        IsWithin(field, unread) || unread.StartsWith(field + ".", StringComparison.Ordinal);

    // optimizer[1].alpha is within optimizer[1] and within optimizer; optimizer[10] is not within optimizer[1].
    private static bool IsWithin(string field, string outer) =>
        field.StartsWith(outer, StringComparison.Ordinal) && (field.Length == outer.Length || field[outer.Length] is '.' or '[');

    private int LineOf(string field)
    {
        for (var path = field; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))])
        {
            if (_lines.TryGetValue(path, out var line))
            {
                return line;
            }
        }

        return 0;
    }
}
