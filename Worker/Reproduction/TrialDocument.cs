using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Reproduction;

/// <summary>The document <c>trial.json</c> of an exported trial.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">Version of the format; 1.</param>
/// <param name="Sweep">Id of the sweep.</param>
/// <param name="Trial">Number within the sweep.</param>
/// <param name="Numerics">Version of the arithmetic that gave <paramref name="Losses"/>.</param>
/// <param name="Inputs">Features that the model sees.</param>
/// <param name="Outputs">Outputs of its last layer.</param>
/// <param name="Loss">crossEntropy, binaryCrossEntropy or meanSquaredError; the mean over a batch.</param>
/// <param name="Parameters">Model, optimizer with every constant, schedule, rate, training.</param>
/// <param name="StepsPerEpoch">Steps of an epoch, as schedules count them.</param>
/// <param name="TotalSteps">Steps of the whole trial.</param>
/// <param name="BatchRows">Rows of each recorded step.</param>
/// <param name="Losses">Training loss of each recorded step, before its update.</param>
/// <param name="Ended">Why the trial diverged within these steps; empty otherwise.</param>
internal sealed record TrialDocument(
    string Format,
    int Version,
    string Sweep,
    int Trial,
    int Numerics,
    int Inputs,
    int Outputs,
    string Loss,
    TrialParameters Parameters,
    long StepsPerEpoch,
    long TotalSteps,
    IReadOnlyList<int> BatchRows,
    IReadOnlyList<double> Losses,
    string Ended)
{
    public const string FormatName = "cloudsweep-trial";
}
