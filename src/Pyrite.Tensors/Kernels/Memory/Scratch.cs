namespace Pyrite.Kernels.Memory;

/// <summary>Aligned temporary memory of the current thread, handed out and returned like a stack.</summary>
/// <remarks>
/// <c>using Scratch&lt;float&gt; panel = Scratch&lt;float&gt;.Rent(count);</c> gives uninitialized memory, aligned to 128 bytes, until disposed;
/// disposal must be in reverse order. Once a thread has seen its largest need, nothing more is allocated.
/// </remarks>
internal readonly unsafe ref struct Scratch<T>
    where T : unmanaged
{
    private readonly nuint _size;
    private readonly bool _overflowed;

    private Scratch(T* pointer, nuint size, bool overflowed)
    {
        Pointer = pointer;
        _size = size;
        _overflowed = overflowed;
    }

    /// <summary>The first element.</summary>
    public T* Pointer { get; }

    /// <summary>Room for <paramref name="count"/> elements.</summary>
    public static Scratch<T> Rent(nint count)
    {
        nuint size = (nuint)((checked(count * sizeof(T)) + ScratchStack.Alignment - 1) & ~(ScratchStack.Alignment - 1));
        return new Scratch<T>((T*)ScratchStack.Current.Push(size, out bool overflowed), size, overflowed);
    }

    /// <summary>The first elements.</summary>
    public Span<T> Elements(int count) => new(Pointer, count);

    public void Dispose() => ScratchStack.Current.Pop(Pointer, _size, _overflowed);
}
