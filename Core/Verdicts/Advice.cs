namespace CloudSweep.Core.Verdicts;

/// <summary>What to do when no rate can be recommended.</summary>
internal static class Advice
{
    /// <param name="combinations">None of them learned anything.</param>
    public static string For(IReadOnlyList<Combination> combinations)
    {
        // Where something completed, the most can be said.
        if (combinations.Where(combination => combination.Best is not null).MinBy(combination => combination.Best!.Mean) is not { } combination)
        {
            return WithoutBest([.. combinations.SelectMany(combination => combination.Rates)]);
        }

        return combination.Finding switch
        {
            Finding.TooFewSteps => "The training is too short to judge: it needs at least 3 optimizer steps. Train for more epochs or use a smaller batch size.",
            Finding.NothingMoved => "No measurement shows that training moved the weights: the loss does not fall, and no lower rate scores worse. Try larger rates or more epochs.",
            Finding.NothingLearned when combination.HasMoved => "The training loss falls, but no rate beats the best constant predictor by more than the noise. Try more epochs, more data or another model.",
            Finding.NothingLearned => "No rate learned anything: none beats the best constant predictor, and the training loss hardly falls. Try larger rates or more epochs.",
            _ => "The data is not known yet.",
        };
    }

    private static string WithoutBest(RateResults[] rates) =>
        rates.Length > 0 && rates.All(rate => rate.WasStopped) ? "Every rate diverged. Try lower rates."
        : rates.Any(rate => rate.IsUnfinished) ? "The sweep is not finished yet."
        : rates.Any(rate => rate.IsCompleted) ? "Every rate that came to its end is above one that diverged. Try lower rates."
        : "No rate came to its end with a finite score. The verdicts tell why.";
}
