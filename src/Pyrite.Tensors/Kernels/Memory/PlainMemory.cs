namespace Pyrite.Kernels.Memory;

/// <summary>Float64 numbers at addresses that the garbage collector does not move.</summary>
internal static unsafe class PlainMemory
{
    /// <summary>So many numbers from an address on.</summary>
    public static ReadOnlySpan<double> Read(nint address, int count) => new((void*)address, count);

    /// <summary>Room for so many numbers from an address on.</summary>
    public static Span<double> Write(nint address, int count) => new((void*)address, count);
}
