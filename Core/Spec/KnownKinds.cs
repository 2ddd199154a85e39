namespace CloudSweep.Core.Spec;

/// <summary>Advice for optimizers and schedules that a sweep file does not know by this name: other tools' spellings, and near misses.</summary>
internal static class KnownKinds
{
    private static readonly Dictionary<string, string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gd"] = "Gradient descent is sgd with training.batchSize: all.",
        ["gradientDescent"] = "Gradient descent is sgd with training.batchSize: all.",
        ["gradient_descent"] = "Gradient descent is sgd with training.batchSize: all.",
        ["heavyBall"] = "The heavy-ball method is momentum here.",
        ["sgdMomentum"] = "sgd with momentum is { kind: momentum, momentum: 0.9 } here.",
        ["sgd_momentum"] = "sgd with momentum is { kind: momentum, momentum: 0.9 } here.",
        ["nag"] = "nag is nesterov here.",
        ["amsgrad"] = "amsgrad is { kind: adam, amsgrad: true } here.",
        ["StepLR"] = "StepLR is { kind: step, everyEpochs: 10 } here.",
        ["ExponentialLR"] = "ExponentialLR is { kind: exponential, gamma: 0.95 } here.",
        ["PolynomialLR"] = "PolynomialLR is polynomial here.",
        ["poly"] = "poly is polynomial here.",
        ["linear"] = "A straight line to 0 is { kind: polynomial, power: 1 } here.",
        ["LinearLR"] = "A straight line to 0 is { kind: polynomial, power: 1 } here; a straight warm-up is part of warmupCosine.",
        ["CosineAnnealingLR"] = "CosineAnnealingLR is cosine here.",
        ["cosine_annealing"] = "cosine_annealing is cosine here.",
        ["cosine_with_warmup"] = "cosine_with_warmup is warmupCosine here.",
        ["warmup"] = "A warm-up is part of warmupCosine and of oneCycle.",
        ["OneCycleLR"] = "OneCycleLR is oneCycle here.",
    };

    /// <summary>The names as a person lists them.</summary>
    public static string List(IReadOnlyList<string> names) => $"{string.Join(", ", names.SkipLast(1))} or {names[^1]} (others are not supported in this version)";

    /// <summary>A sentence with a space before it, or nothing.</summary>
    public static string AdviceFor(string text, IReadOnlyList<string> names)
    {
        if (Foreign.TryGetValue(text, out var advice))
        {
            return $" {advice}";
        }

        var nearest = names.MinBy(name => EditDistance.Between(text, name))!;
        return text.Length > 2 && EditDistance.Between(text, nearest) <= text.Length / 3 ? $" Did you mean '{nearest}'?" : "";
    }
}
