namespace CloudSweep.Worker.Prediction;

/// <summary>A predicted number is output × deviation + mean.</summary>
/// <param name="Mean">Of the training labels.</param>
/// <param name="Deviation">Of the training labels, &gt; 0.</param>
public sealed record ModelTarget(double Mean, double Deviation);
