namespace CloudSweep.Cli.Generation;

/// <summary>The random model behind a data set: features to one score per class. Immutable; scratch memory is the caller's.</summary>
internal sealed class ScoreModel
{
    private const int HiddenUnits = 16;

    private readonly TeacherLayer? _hidden;
    private readonly TeacherLayer _last;

    public ScoreModel(DatasetSettings settings)
    {
        _hidden = settings.Kind == DatasetKind.Teacher ? new TeacherLayer(settings.Features, HiddenUnits, settings.Seed, layer: 1) : null;
        _last = new TeacherLayer(_hidden?.Outputs ?? settings.Features, settings.Scores, settings.Seed, layer: 2);
    }

    /// <summary>Length of the buffer for hidden units.</summary>
    public int HiddenLength => _hidden?.PaddedOutputs ?? 0;

    /// <summary>Length of the buffer for scores, padding included.</summary>
    public int ScoresLength => _last.PaddedOutputs;

    public void Score(ReadOnlySpan<double> features, Span<double> hidden, Span<double> scores)
    {
        if (_hidden is null)
        {
            _last.Apply(features, scores);
            return;
        }

        _hidden.Apply(features, hidden);
        foreach (ref var unit in hidden)
        {
            unit = Math.Max(unit, 0);
        }

        _last.Apply(hidden, scores);
    }
}
