using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Memory;

/// <summary>The memory behind <see cref="Scratch{T}"/>, one per thread.</summary>
internal sealed unsafe class ScratchStack
{
    public const int Alignment = 128;

    [ThreadStatic]
    private static ScratchStack? t_current;

    private byte* _block;
    private nuint _capacity;
    private nuint _used;
    private nuint _overflow;
    private nuint _wanted;

    ~ScratchStack() => NativeMemory.AlignedFree(_block);

    /// <summary>The calling thread's stack.</summary>
    public static ScratchStack Current => t_current ??= new ScratchStack();

    /// <summary>Takes <paramref name="size"/> bytes, from the block or, if it is full, from a block of their own.</summary>
    public void* Push(nuint size, out bool overflowed)
    {
        if (_used == 0 && _overflow == 0 && size > _capacity)
        {
            Grow(size);
        }
        overflowed = size > _capacity - _used;
        if (overflowed)
        {
            _overflow += size;
            return NativeMemory.AlignedAlloc(Math.Max(size, 1), Alignment);
        }
        void* pointer = _block + _used;
        _used += size;
        return pointer;
    }

    /// <summary>Gives back the latest memory; the block grows once it is empty to what was lately needed.</summary>
    public void Pop(void* pointer, nuint size, bool overflowed)
    {
        if (overflowed)
        {
            NativeMemory.AlignedFree(pointer);
            _overflow -= size;
            _wanted = Math.Max(_wanted, _used + _overflow + size);
        }
        else
        {
            _used -= size;
        }
        if (_used == 0 && _overflow == 0 && _wanted > _capacity)
        {
            Grow(_wanted);
        }
    }

    private void Grow(nuint size)
    {
        NativeMemory.AlignedFree(_block);
        _capacity = Math.Max(size + (size / 4), 1 << 16);
        _block = (byte*)NativeMemory.AlignedAlloc(_capacity, Alignment);
    }
}
