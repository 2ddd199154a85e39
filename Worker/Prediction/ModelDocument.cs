using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Prediction;

/// <summary>Everything that is needed to use a model, beside its weights, and where it comes from. Stored as JSON in the model's file.</summary>
/// <param name="Sweep">Id of the sweep.</param>
/// <param name="Trial">Number of the trial.</param>
/// <param name="Step">Optimizer steps after which it had these weights.</param>
/// <param name="Numerics">Version and kernel path that trained it, e.g. <c>1/avx2</c>.</param>
/// <param name="Model">Layers, activation and task.</param>
/// <param name="Parameters">Learning rate, optimizer and all else that the trial tried.</param>
/// <param name="Text">How files are written.</param>
/// <param name="Inputs">Columns in the order of their features.</param>
/// <param name="Classes">In the order of the model's outputs; empty when it predicts a number.</param>
/// <param name="Target">What turns an output into a number; null when it predicts a class.</param>
/// <param name="Metrics">Of the evaluation that the weights are from.</param>
/// <param name="TestMetrics">Of <c>data.test</c>; empty without it.</param>
public sealed record ModelDocument(
    string Sweep,
    int Trial,
    long Step,
    string Numerics,
    ModelSpec Model,
    TrialParameters Parameters,
    ModelText Text,
    IReadOnlyList<ModelInput> Inputs,
    IReadOnlyList<string> Classes,
    ModelTarget? Target,
    IReadOnlyList<Metric> Metrics,
    IReadOnlyList<Metric> TestMetrics);
