using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Verdicts;

/// <summary>The rates that are safe within one combination: lowest and highest tried rate, width in powers of ten.</summary>
public sealed record StableRange(
    OptimizerSettings Optimizer,
    ScheduleSettings Schedule,
    ModelSpec Model,
    TrainingSpec Training,
    double Low,
    double High,
    double Decades,
    bool IsBracketedBelow,
    bool IsBracketedAbove);
