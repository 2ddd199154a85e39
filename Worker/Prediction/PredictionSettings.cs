namespace CloudSweep.Worker.Prediction;

/// <summary>What to do with the data.</summary>
/// <param name="IgnoresLabel">Take the label column, if there is one, as any other that the model does not know.</param>
public sealed record PredictionSettings(bool IgnoresLabel);
