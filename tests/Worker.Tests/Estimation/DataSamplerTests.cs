using CloudSweep.Core.Domain;
using CloudSweep.Worker.Estimation;
using CloudSweep.Worker.Tests.Data;

namespace CloudSweep.Worker.Tests.Estimation;

public sealed class DataSamplerTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public async Task Read_MixedColumns_CountsModelFeatures()
    {
        var spec = DataFolder.Spec with { Columns = [new ColumnSettings.Hashed("zip", [], 7, true), new ColumnSettings.Numeric("age", [], null, true)] };

        var sample = await ReadAsync("label,age,city,zip\n0,1,a,x\n1,2,b,\n0,NA,c,y\n", spec);

        Assert.Equal((3, 2, 2 + 3 + 8), (sample.Rows, sample.Classes, sample.Features));
    }

    [Fact]
    public async Task Read_NothingVariesInTheFirstShard_LeavesTheJudgementToTheRun() =>
        Assert.Equal(1, (await ReadAsync("label,x\n0,1\n1,1\n", DataFolder.Spec)).Features);

    [Fact]
    public async Task Read_MoreFeaturesThanFit_SaysSo()
    {
        var spec = DataFolder.Spec with { Columns = [.. Enumerable.Range(0, 40).Select(column => new ColumnSettings.Hashed($"x{column}", [], 1_000_000, false)).OrderBy(column => column.Name, StringComparer.Ordinal)] };
        var names = string.Join(',', Enumerable.Range(0, 40).Select(column => $"x{column}"));
        var rows = string.Concat(Enumerable.Range(0, 100).Select(row => $"{row % 2}{string.Concat(Enumerable.Repeat($",{row}", 40))}\n"));

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => ReadAsync($"label,{names}\n{rows}", spec));

        Assert.StartsWith("The columns become 40000000 features; at most 21474835 are allowed for a window of 100 rows.", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<DataSample> ReadAsync(string text, DataSpec spec)
    {
        _folder.Put("a.csv", text);
        return await new DataSampler(_folder.Source, TimeProvider.System).ReadAsync(await _folder.FindAsync("a.csv"), spec, TestContext.Current.CancellationToken);
    }
}
