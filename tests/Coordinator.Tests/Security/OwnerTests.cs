using CloudSweep.Coordinator.Security;
using CloudSweep.Coordinator.Services;
using CloudSweep.Coordinator.Tests.Lifecycle;
using CloudSweep.Protos.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>A sweep is its submitter's. For others it is not there, whatever they ask.</summary>
public sealed class OwnerTests : IAsyncLifetime
{
    // They name no sweep: one makes them, one lists the caller's own, one tells of the Coordinator itself.
    private static readonly string[] WithoutSweep = ["SubmitSweep", "ListSweeps", "DescribeCoordinator"];

    private SecureCoordinator _coordinator = null!;
    private string _alice = null!;
    private string _bob = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _coordinator = await SecureCoordinator.StartAsync();
        (_alice, _bob) = (_coordinator.AddToken("alice", CallerRole.Submitter), _coordinator.AddToken("bob", CallerRole.Submitter));
    }

    public ValueTask DisposeAsync() => _coordinator.DisposeAsync();

    [Fact]
    public void Methods_OfSubmitters_NameTheirSweepInOneField() =>
        Assert.Equal(WithoutSweep.Order(StringComparer.Ordinal), Sweeps.Descriptor.Methods.Where(method => !HasSweep(method)).Select(method => method.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Call_OfSomeoneElsesSweep_IsAnsweredAsIfThereWereNone()
    {
        var sweep = (await SubmitAsync(_alice)).Sweep;

        foreach (var method in Sweeps.Descriptor.Methods.Where(HasSweep))
        {
            var theirs = await AnyMethod.StatusAsync(_coordinator.Caller(_bob), method, RequestOf(method, sweep));
            var none = await AnyMethod.StatusAsync(_coordinator.Caller(_bob), method, RequestOf(method, "no-such-sweep"));

            Assert.Equal((method.Name, StatusCode.NotFound), (method.Name, theirs.StatusCode));
            Assert.Equal(none.StatusCode, theirs.StatusCode);
            Assert.Equal(none.Detail.Replace("no-such-sweep", sweep, StringComparison.Ordinal), theirs.Detail);
        }

        Assert.Equal(SweepState.Preparing, (await DescribeAsync(_alice, sweep)).Progress.State);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("small-0000000a/../x")]
    [InlineData("%2e%2e/x\u0000")]
    public async Task Call_WithASweepIdLikeAPath_IsNotFound(string sweep)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => DescribeAsync(_alice, sweep));

        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task List_OfTwoSubmitters_HasTheCallersOwn()
    {
        var (mine, theirs) = (await SubmitAsync(_alice), await SubmitAsync(_bob));

        Assert.Equal([mine.Sweep], await ListAsync(_alice));
        Assert.Equal([theirs.Sweep], await ListAsync(_bob));
        Assert.Empty((await _coordinator.SweepsOf(_alice).ListSweepsAsync(new ListSweepsRequest { IdPrefix = theirs.Sweep }, cancellationToken: None)).Sweeps);
    }

    [Fact]
    public async Task Submit_WhatAnotherSubmitted_MakesASweepOfOnesOwn()
    {
        var first = await SubmitAsync(_alice);

        var sameRequest = await SubmitAsync(_bob);
        var sameData = await SubmitAsync(_bob, Samples.Submission(requestId: "request-2"));

        Assert.NotEqual(first.Sweep, sameRequest.Sweep);
        Assert.Equal((false, sameRequest.Sweep, true), (sameRequest.Existed, sameData.Sweep, sameData.Existed));
    }

    [Fact]
    public async Task Submit_Replacing_LeavesAndTellsNothingOfAnothers()
    {
        var sweep = (await SubmitAsync(_alice)).Sweep;
        var request = Samples.Submission(requestId: "request-2", fresh: true);
        request.Replace = true;

        var submitted = await SubmitAsync(_bob, request);

        Assert.Empty(submitted.Cancelled);
        Assert.Null(submitted.DataChange);
        Assert.Equal(SweepState.Preparing, (await DescribeAsync(_alice, sweep)).Progress.State);
    }

    private static bool HasSweep(MethodDescriptor method) => method.InputType.FindFieldByName(SweepAccess.Field) is not null;

    private static IMessage RequestOf(MethodDescriptor method, string sweep)
    {
        var request = method.InputType.Parser.ParseFrom([]);
        method.InputType.FindFieldByName(SweepAccess.Field).Accessor.SetValue(request, sweep);
        return request;
    }

    private async Task<SubmitSweepResponse> SubmitAsync(string token, SubmitSweepRequest? request = null) =>
        await _coordinator.SweepsOf(token).SubmitSweepAsync(request ?? Samples.Submission(), cancellationToken: None);

    private async Task<DescribeSweepResponse> DescribeAsync(string token, string sweep) =>
        await _coordinator.SweepsOf(token).DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: None);

    private async Task<IEnumerable<string>> ListAsync(string token) =>
        (await _coordinator.SweepsOf(token).ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None)).Sweeps.Select(sweep => sweep.Sweep);
}
