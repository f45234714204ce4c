using Pyrite.Kernels.Copies;

namespace Pyrite.Kernels;

public sealed unsafe class LayoutKernelTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 16, 784)]
    [InlineData(2, 784, 16)]
    [InlineData(5, 7, 9)]
    [InlineData(1, 1000, 333)]
    [InlineData(1, 65, 2049)]
    [InlineData(4, 1, 50)]
    [InlineData(0, 4, 4)]
    public void A_transpose_puts_every_element_in_its_place(int batch, int rows, int columns)
    {
        Check<float>(batch, rows, columns);
        Check<double>(batch, rows, columns);
        Check<byte>(batch, rows, columns);
    }

    private static void Check<T>(int batch, int rows, int columns)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        using GuardedArray<T> source = new((nint)batch * rows * columns);
        using GuardedArray<T> target = new((nint)batch * rows * columns);
        for (int i = 0; i < source.Length; i++)
        {
            source.Span[i] = T.CreateTruncating(i);
        }
        LayoutKernel.Transpose(batch, rows, columns, source.Pointer, target.Pointer);
        for (int b = 0; b < batch; b++)
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    Assert.Equal(source.Span[(((b * rows) + i) * columns) + j], target.Span[(((b * columns) + j) * rows) + i]);
                }
            }
        }
        target.AssertGuards();
    }
}
