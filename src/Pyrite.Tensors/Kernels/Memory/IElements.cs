namespace Pyrite.Kernels.Memory;

/// <summary>Something whose elements lie in one block of memory.</summary>
internal interface IElements
{
    /// <summary>The bytes of all elements.</summary>
    Span<byte> Bytes { get; }
}
