namespace CloudSweep.Worker.Training;

/// <summary>Runs a trained model over rows, in the arithmetic of an evaluation. Used by one thread.</summary>
/// <param name="network">The model.</param>
/// <param name="parameters">Its weights in the layout's order.</param>
internal sealed class ModelRunner(Network network, float[] parameters)
{
    private const int MaxTileRows = 1024;
    private const int MaxTileCells = 4 << 20;

    private readonly Scratch _scratch = new([network.Layout]);

    /// <summary>What is done with a row's outputs, padding included; they may be overwritten.</summary>
    public delegate void UseOutputs(int row, Span<float> padded);

    /// <summary>Rows of a tile that is worth a pass and not too large.</summary>
    public static int TileRows(int features) => Math.Clamp(MaxTileCells / features, 1, MaxTileRows);

    public void Run(RowTile tile, UseOutputs use)
    {
        var layer = network.Layout.Layers[^1];
        for (var done = 0; done < tile.Count; done += Scratch.ChunkRows)
        {
            var rows = Math.Min(Scratch.ChunkRows, tile.Count - done);
            network.Forward(parameters, tile.FeaturesOf(done, rows), rows, _scratch);
            for (var row = 0; row < rows; row++)
            {
                use(done + row, _scratch.Activations[layer.Index].AsSpan(row * layer.PaddedOutputs, layer.PaddedOutputs));
            }
        }
    }
}
