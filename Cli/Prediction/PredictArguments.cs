namespace CloudSweep.Cli.Prediction;

/// <summary>What `predict` was asked for.</summary>
/// <param name="Model">File of the model, local or in a bucket.</param>
/// <param name="Data">File or pattern of the data.</param>
/// <param name="Out">File of the predictions, local or in a bucket; null = standard output.</param>
/// <param name="IsJson">Print the summary as one JSON document.</param>
/// <param name="IgnoresLabel">Do not look at labels.</param>
internal sealed record PredictArguments(string Model, string Data, string? Out, bool IsJson, bool IgnoresLabel);
