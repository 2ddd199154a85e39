using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Generation;

/// <summary>The random model behind a data set: features to one score per class. Immutable; scratch memory is the caller's.</summary>
internal sealed class ScoreModel
{
    private const int HiddenUnits = 16;

    // Of many sparse features one in ten matters; of few all do, or rows would often have none that does.
    private const int InformativeEvery = 10;
    private const int ManyFeatures = 100;

    private readonly TeacherLayer? _hidden;
    private readonly TeacherLayer _last;

    public ScoreModel(DatasetSettings settings)
    {
        _hidden = settings.Kind == DatasetKind.Teacher ? new TeacherLayer(settings.Features, HiddenUnits, settings.Seed, layer: 1) : null;
        _last = new TeacherLayer(_hidden?.Outputs ?? settings.Features, settings.Scores, settings.Seed, layer: 2);
        if (settings is { Kind: DatasetKind.Sparse, Features: >= ManyFeatures })
        {
            _last.KeepInputs(InformativeEvery, (int)(KeyedRandom.Bits(settings.Seed, RandomPurpose.SyntheticSparsity, 0, -1) % InformativeEvery));
        }
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
