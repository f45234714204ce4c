using System.Collections.Concurrent;

namespace Pyrite.Programs.Scans;

/// <summary>Runs the rounds of a body, kernel by kernel over memory of its own.</summary>
internal sealed class ScanRounds(ScanBody body)
{
    private readonly ConcurrentBag<ScanRoom> rooms = [];

    /// <summary>Computes all rounds.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="inputs">The carry, the arrays, and the captured tensors.</param>
    /// <param name="output">Takes the results.</param>
    public void Run(in ScanOperation scan, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        ScanRoom room = rooms.TryTake(out ScanRoom? idle) ? idle : new ScanRoom(body);
        try
        {
            room.Run(scan, inputs, output);
        }
        finally
        {
            rooms.Add(room);
        }
    }
}
