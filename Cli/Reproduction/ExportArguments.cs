namespace CloudSweep.Cli.Reproduction;

/// <summary>The words of <c>--export-trial N DIR</c> and <c>--steps K</c>, as given.</summary>
/// <param name="Trial">Two words; null when no trial is to be exported.</param>
/// <param name="Steps">Null when it is left to <see cref="ExportRequestReader.DefaultSteps"/>.</param>
internal sealed record ExportArguments(IReadOnlyList<string>? Trial, string? Steps);
