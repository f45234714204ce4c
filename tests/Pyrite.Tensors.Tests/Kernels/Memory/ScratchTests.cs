using Pyrite.Kernels.Memory;

namespace Pyrite.Kernels;

public sealed unsafe class ScratchTests
{
    [Fact]
    public void Nested_scratch_does_not_overlap_and_is_aligned()
    {
        for (int repeat = 0; repeat < 3; repeat++)
        {
            using Scratch<float> outer = Scratch<float>.Rent(1000);
            using Scratch<double> inner = Scratch<double>.Rent(100_000);
            using Scratch<byte> empty = Scratch<byte>.Rent(0);
            new Span<float>(outer.Pointer, 1000).Fill(1);
            new Span<double>(inner.Pointer, 100_000).Fill(2);
            Assert.Equal(0, (nint)outer.Pointer % ScratchStack.Alignment);
            Assert.Equal(0, (nint)inner.Pointer % ScratchStack.Alignment);
            Assert.Equal(-1, new Span<float>(outer.Pointer, 1000).IndexOfAnyExcept(1f));
        }
    }
}
