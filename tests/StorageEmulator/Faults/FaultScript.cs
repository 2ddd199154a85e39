using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using CloudSweep.StorageEmulator.Http;

namespace CloudSweep.StorageEmulator.Faults;

/// <summary>The faults that are still to happen. A request is struck by the first that is due; every fault that it matches counts it.</summary>
public sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly List<(Fault Fault, StrongBox<int> Matches)> _faults = [];

    internal FaultScript()
    {
    }

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentNullException.ThrowIfNull(fault.Effect);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.First, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Count, 1);
        if (fault.Effect is FaultEffect.Status(var code, _))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(code, 400);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(code, 599);
        }

        if (fault.Effect is FaultEffect.Trickle(var bytesPerSecond))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerSecond, 1);
        }

        lock (_gate)
        {
            _faults.Add((fault, new StrongBox<int>()));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    internal FaultEffect? Strike(HttpRequest request, string? name)
    {
        lock (_gate)
        {
            FaultEffect? due = null;
            foreach (var (fault, matches) in _faults)
            {
                if (Matches(fault, request, name))
                {
                    var match = ++matches.Value;
                    due ??= match >= fault.First && match - fault.First < fault.Count ? fault.Effect : null;
                }
            }

            return due;
        }
    }

    private static bool Matches(Fault fault, HttpRequest request, string? name) =>
        (fault.Method is null || fault.Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase))
        && (fault.ObjectName is null || (name is not null && FileSystemName.MatchesSimpleExpression(fault.ObjectName, name, ignoreCase: false)))
        && (fault.Media is null || fault.Media == ObjectEndpoints.IsMedia(request))
        && (fault.RangeStart is null || fault.RangeStart == ByteRange.Parse(request.Headers.Range)?.Start);
}
