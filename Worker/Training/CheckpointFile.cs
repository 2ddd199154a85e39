using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>
/// A job at a turn's end, as a sequence of <see cref="CheckpointBlock"/>s: the head (magic, version, numerics version, fingerprint of the data,
/// position, lane count), then one block per open lane with its parameters, weights, optimizer, windows, open batch and measurements so far.
/// </summary>
internal static class CheckpointFile
{
    private const uint Magic = 0x434B5743; // "CWKC"
    private const int Version = 4;

    public static void Write(Stream stream, ITrainingRows rows, long position, IReadOnlyList<Lane> lanes)
    {
        CheckpointBlock.Write(stream, writer =>
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(Numerics.Version);
            writer.Write(Fingerprint(rows));
            writer.Write(position);
            writer.Write(lanes.Count);
        });
        foreach (var lane in lanes)
        {
            CheckpointBlock.Write(stream, writer =>
            {
                writer.Write(lane.Spec.Trial);
                writer.Write(lane.Spec.Try);
                writer.Write(CanonicalJson.Write(lane.Spec.Parameters));
                lane.Write(writer);
            });
        }
    }

    /// <summary>
    /// Restores the lanes that the checkpoint has and returns its position: training rows read, over all epochs. Lanes that it has not were final when it was made and are removed;
    /// lanes that are no longer wanted are skipped.
    /// </summary>
    /// <exception cref="MalformedDocumentException">Damaged, cut short, or of other trials, data or another numerics version.</exception>
    public static long Read(Stream stream, ITrainingRows rows, List<Lane> lanes)
    {
        var (position, count) = CheckpointBlock.Read(stream, reader =>
        {
            Require(reader.ReadUInt32() == Magic && reader.ReadInt32() == Version, "The checkpoint is none of this version.");
            Require(reader.ReadInt32() == Numerics.Version, "The checkpoint was made with another version of the numerics.");
            Require(reader.ReadString() == Fingerprint(rows), "The checkpoint belongs to other data.");
            return (reader.ReadInt64(), reader.ReadInt32());
        });
        var restored = new HashSet<Lane>();
        for (; count > 0; count--)
        {
            CheckpointBlock.Read(stream, reader =>
            {
                var (trial, @try, parameters) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadString());
                if (lanes.Find(lane => lane.Spec.Trial == trial && lane.Spec.Try == @try) is { } lane)
                {
                    Require(CanonicalJson.Write(lane.Spec.Parameters) == parameters, "The checkpoint has other parameters for a trial.");
                    lane.Read(reader);
                    restored.Add(lane);
                }

                return 0;
            });
        }

        lanes.RemoveAll(lane => !restored.Contains(lane));
        return position;
    }

    private static string Fingerprint(ITrainingRows rows) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{rows.FeatureCount}|{rows.ClassCount}|{rows.TrainRows}|{rows.ValidationRows}");

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new MalformedDocumentException(message);
        }
    }
}
