using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Mistakes travel to the Coordinator and to whoever asks it. They quote cells of this machine's files only.</summary>
public sealed class QuotedCellTests : IDisposable
{
    private const string Cell = "s3cret";

    private readonly DataBucket _bucket = new();
    private readonly DataFolder _folder = new();

    public void Dispose()
    {
        _bucket.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("a.csv", $"label,x\n1,2\n0,{Cell}\n", LearningTask.Classification)]
    [InlineData("a.csv", $"label,x\n1,2\n{Cell},3\n", LearningTask.Regression)]
    [InlineData("a.svm", $"1 1:2\n0 1:{Cell}\n", LearningTask.Classification)]
    [InlineData("a.svm", $"1 1:2\n{Cell} 1:3\n", LearningTask.Regression)]
    public async Task Profile_CellThatIsNoNumber_IsQuotedFromLocalFilesOnly(string name, string text, LearningTask task)
    {
        var spec = DataFolder.Spec with { Label = new ColumnSelector.ByIndex(0), Task = task };
        await _bucket.PutAsync(name, System.Text.Encoding.UTF8.GetBytes(text));

        var local = await _folder.FailAsync(text, spec, name);
        var remote = await Assert.ThrowsAsync<DataErrorException>(() => _bucket.ProfileAsync(name, spec));

        Assert.Contains($"\"{Cell}\"", local.Message, StringComparison.Ordinal);
        Assert.Equal(local.Message.Replace($"\"{Cell}\"", "the cell", StringComparison.Ordinal), remote.Message);
    }

    [Theory]
    [InlineData("a.csv", $"label,x\n1,2\n{Cell}\n")]
    [InlineData("a.csv", $"label,x\n1,2\n\"{Cell}\"y,3\n")]
    [InlineData("a.svm", $"1 1:2\n0 {Cell}\n")]
    [InlineData("a.svm", $"1 1:2\n0 1:2 {Cell}:1\n")]
    [InlineData("a.csv.gz", Cell)]
    [InlineData("a.parquet", Cell)]
    public async Task Profile_AnyOtherMistakeInABucket_HasNoCell(string name, string text)
    {
        await _bucket.PutAsync(name, System.Text.Encoding.UTF8.GetBytes(text));

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => _bucket.ProfileAsync(name));

        Assert.DoesNotContain(Cell, exception.Message, StringComparison.Ordinal);
    }
}
