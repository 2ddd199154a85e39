namespace CloudSweep.Core.Domain;

/// <summary>What random bits are for; two purposes never share bits. Numbers are part of the numerics and never change.</summary>
public enum RandomPurpose
{
    InitialWeights = 1,
    ShardOrder = 2,
    WindowOrder = 3,
    Split = 4,
    RepeatSeed = 5,
    SyntheticFeature = 6,
    SyntheticTeacher = 7,
    SyntheticNoise = 8,
    LabelSample = 9,
    SyntheticSparsity = 10,
    LearningRate = 11,
    RungRows = 12,
}
