namespace CloudSweep.Benchmarks.Regret;

/// <summary>What one sweep is worth.</summary>
/// <param name="Regret">(loss of the recommended rate − best) / (B − best), means over the fresh seeds; infinite when the rate diverged on one, or none was recommended.</param>
/// <param name="RowsShare">Rows of the sweep over those of the fine grid on one seed, summed over lanes, evaluation included.</param>
/// <param name="Rate">The recommended rate; NaN without one.</param>
internal sealed record SweepRegret(double Regret, double RowsShare, double Rate);
