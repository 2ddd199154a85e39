using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Prediction;

/// <summary>How the files that a model was trained on are written, which files to predict must be too.</summary>
/// <param name="Label">The column that the model predicts; may be absent.</param>
/// <param name="HasHeader">Whether the first record names the columns; else they have positions.</param>
/// <param name="Delimiter">Cell separator of CSV.</param>
/// <param name="Missing">Cells that count as missing in every input.</param>
public sealed record ModelText(ColumnSelector Label, bool HasHeader, char Delimiter, IReadOnlyList<string> Missing);
