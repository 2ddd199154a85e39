namespace CloudSweep.Core.Domain;

/// <summary>One combination of the values under <c>vary</c>: a model and the way it is trained.</summary>
public sealed record SweepVariant(ModelSpec Model, TrainingSpec Training);
