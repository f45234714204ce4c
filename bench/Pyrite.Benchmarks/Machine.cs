using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Benchmarks;

/// <summary>The machine in one line, so that numbers can be compared.</summary>
internal static class Machine
{
    /// <summary>Bits of the widest vector that the runtime uses.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Processor, cores, vector width, runtime, system.</summary>
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {VectorBits}-bit vectors, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}";

    private static string Processor()
    {
        const string information = "/proc/cpuinfo";
        string? line = File.Exists(information) ? File.ReadLines(information).FirstOrDefault(one => one.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
