using System.Buffers;
using Apache.Arrow.Memory;

namespace Pyrite.Conversion;

/// <summary>Gives memory up to a bound, so that no file can ask for more than its own size explains.</summary>
/// <param name="bytes">The most bytes in all.</param>
internal sealed class BoundedAllocator(long bytes) : MemoryAllocator
{
    private long left = bytes;

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        left -= length;
        if (length < 0 || left < 0)
        {
            throw new InvalidDataException("its parts are larger than its size explains");
        }
        bytesAllocated = length;
        return new Owner(new byte[length]);
    }

    private sealed class Owner(byte[] memory) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => memory;

        public void Dispose()
        {
        }
    }
}
