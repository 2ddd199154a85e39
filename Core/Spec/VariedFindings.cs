using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Takes the mistakes of every file that <c>vary</c> makes, and tells each once, at the value that is at fault.</summary>
internal sealed class VariedFindings(IReadOnlyList<VariedKey> keys, Findings findings)
{
    private readonly Dictionary<(VariedKey Key, string Inside, string Problem), SortedSet<int>> _values = [];
    private readonly Dictionary<(string Field, int Index), int> _lines = [];

    public bool HasAny { get; private set; }

    public void Add(int[] choice, IReadOnlyList<SpecViolation> violations)
    {
        HasAny |= violations.Count > 0;
        foreach (var violation in violations)
        {
            var place = keys.Index().Where(entry => entry.Item.RestOf(violation.Field) is not null).Select(entry => (int?)entry.Index).FirstOrDefault();
            if (place is not { } key)
            {
                findings.Add(violation.Field, violation.Problem, violation.Line);
                continue;
            }

            var mistake = (keys[key], keys[key].RestOf(violation.Field)!, violation.Problem);
            (_values.TryGetValue(mistake, out var values) ? values : _values[mistake] = []).Add(choice[key]);
            _lines[(keys[key].Path, choice[key])] = keys[key].Values[choice[key]].Line;
        }
    }

    /// <summary>A mistake of every value is one of the key.</summary>
    public void Tell()
    {
        foreach (var ((key, inside, problem), values) in _values)
        {
            if (values.Count > 1 && values.Count == key.Values.Count)
            {
                findings.Add(key.Field(), problem, 0);
                continue;
            }

            foreach (var value in values)
            {
                findings.Add(key.Field(value) + inside, problem, _lines[(key.Path, value)]);
            }
        }
    }
}
