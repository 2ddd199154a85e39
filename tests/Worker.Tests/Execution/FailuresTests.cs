using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Worker.Execution;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class FailuresTests
{
    [Fact]
    public void Of_DataThatThisHostMayNotRead_LeavesItToOthersAndSaysWhoseSettingsToMend()
    {
        var failure = Failures.Of(new DataErrorException("'gs://b/x.csv' may not be read.") { IsOfThisHost = true });

        Assert.False(failure.Permanent);
        Assert.Equal($"The Worker on {Environment.MachineName} can't reach the data. 'gs://b/x.csv' may not be read. Mend its settings; 'cloudsweep retry' goes on where a sweep has failed.", failure.Message);
    }

    [Fact]
    public void Of_DataThatBreaksARule_IsPermanent() => Assert.True(Failures.Of(new DataErrorException("line 3: no number")).Permanent);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_StorageFailure_IsPermanentUnlessItMayPass(bool isTransient) =>
        Assert.Equal(!isTransient, Failures.Of(new StorageException("gs://b/x can't be read.", isTransient)).Permanent);

    [Fact]
    public void Of_AnythingElse_TellsNoneOfItsContent() =>
        Assert.DoesNotContain("secret", Failures.Of(new InvalidDataException("secret")).Message, StringComparison.Ordinal);
}
