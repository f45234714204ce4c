using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Memory;

/// <summary>A block of bytes that tensors share; large blocks are pinned and start at a multiple of 64 bytes.</summary>
/// <remarks>A block that a step scope hands back gets a new generation, by which stale tensors are recognized.</remarks>
internal sealed class Storage
{
    private const int Alignment = 64;

    /// <summary>Blocks of at least so many bytes are pinned.</summary>
    public const int SmallestPinned = 2048;

    private readonly byte[] buffer;
    private readonly int start;

    private Storage(byte[] buffer, int start, int capacity, bool isPinned)
    {
        IsPinned = isPinned;
        this.buffer = buffer;
        this.start = start;
        Capacity = capacity;
    }

    /// <summary>Whether the garbage collector leaves it where it is.</summary>
    public bool IsPinned { get; }

    /// <summary>Usable bytes.</summary>
    public int Capacity { get; }

    /// <summary>How often this block was handed back.</summary>
    public int Generation { get; private set; }

    /// <summary>A block that the garbage collector owns; its content is undefined.</summary>
    public static Storage Allocate(long bytes, bool pinned = false)
    {
        if (bytes > Array.MaxLength - Alignment)
        {
            throw new ArgumentOutOfRangeException(nameof(bytes),
                $"A tensor of {bytes} bytes was asked for; one tensor holds at most {Array.MaxLength - Alignment} bytes. Split it along its first "
                    + "axis.");
        }
        int capacity = (int)bytes;
        if (capacity < SmallestPinned && !pinned)
        {
            return new Storage(new byte[capacity], 0, capacity, isPinned: false);
        }
        byte[] block = GC.AllocateUninitializedArray<byte>(capacity + Alignment, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(block, 0);
        return new Storage(block, (int)((Alignment - (address & (Alignment - 1))) & (Alignment - 1)), capacity, isPinned: true);
    }

    /// <summary><paramref name="count"/> elements from a byte offset on.</summary>
    public Span<T> Span<T>(int offset, int count) where T : unmanaged
    {
        if (offset < 0 || offset + ((long)count * Unsafe.SizeOf<T>()) > Capacity)
        {
            throw new InvalidOperationException(
                $"A block of {Capacity} bytes was read at {offset} as {count} elements of {Unsafe.SizeOf<T>()} bytes.");
        }
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(buffer), start + offset)),
            count);
    }

    /// <summary>Makes every tensor that still points here stale.</summary>
    public void Retire() => Generation++;
}
