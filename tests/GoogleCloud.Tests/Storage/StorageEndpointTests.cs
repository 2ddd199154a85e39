using CloudSweep.GoogleCloud.Storage;

namespace CloudSweep.GoogleCloud.Tests.Storage;

public sealed class StorageEndpointTests
{
    [Theory]
    [InlineData("127.0.0.1:4443")]
    [InlineData("http://127.0.0.1:4443")]
    [InlineData("http://127.0.0.1:4443/")]
    [InlineData("127.0.0.1:4443/storage/v1")]
    [InlineData("http://127.0.0.1:4443/storage/v1/")]
    public void Read_AnyFormOfAnEmulator_IsItsAddress(string emulator)
    {
        var (endpoint, problems) = StorageEndpoint.Read(EmulatorDetection.EmulatorOrProduction, emulator);

        Assert.Empty(problems);
        Assert.Equal(new StorageEndpoint(new Uri("http://127.0.0.1:4443/"), IsEmulator: true), endpoint);
    }

    [Fact]
    public void Read_EmulatorWithTls_KeepsTheScheme() =>
        Assert.Equal(new Uri("https://gcs:4443/"), StorageEndpoint.Read(EmulatorDetection.EmulatorOnly, "https://gcs:4443").Endpoint.Address);

    [Theory]
    [InlineData(EmulatorDetection.None, "127.0.0.1:4443")]
    [InlineData(EmulatorDetection.None, null)]
    [InlineData(EmulatorDetection.ProductionOnly, null)]
    [InlineData(EmulatorDetection.EmulatorOrProduction, null)]
    public void Read_NoEmulatorWanted_IsGoogle(EmulatorDetection detection, string? emulator)
    {
        var (endpoint, problems) = StorageEndpoint.Read(detection, emulator);

        Assert.Empty(problems);
        Assert.Equal(new StorageEndpoint(new Uri("https://storage.googleapis.com/"), IsEmulator: false), endpoint);
    }

    [Theory]
    [InlineData(EmulatorDetection.EmulatorOnly, null, "set it to the emulator's host:port")]
    [InlineData(EmulatorDetection.ProductionOnly, "127.0.0.1:4443", "unset the variable")]
    [InlineData(EmulatorDetection.EmulatorOrProduction, "ftp://127.0.0.1", "must be host:port or http://host:port")]
    [InlineData(EmulatorDetection.EmulatorOrProduction, "http://user:secret@host", "must be host:port or http://host:port")]
    [InlineData(EmulatorDetection.EmulatorOrProduction, "http://host/path", "must be host:port or http://host:port")]
    public void Read_WhatCantBe_IsAProblemWithAWayOut(EmulatorDetection detection, string? emulator, string wayOut)
    {
        var problem = Assert.Single(StorageEndpoint.Read(detection, emulator).Problems);

        Assert.Contains("STORAGE_EMULATOR_HOST", problem, StringComparison.Ordinal);
        Assert.Contains(wayOut, problem, StringComparison.Ordinal);
    }
}
