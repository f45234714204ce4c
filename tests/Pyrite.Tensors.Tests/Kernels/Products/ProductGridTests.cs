using Pyrite.Kernels.Products;

namespace Pyrite.Kernels;

public sealed class ProductGridTests
{
    [Theory]
    [InlineData(1, 1, 5, 2)]
    [InlineData(128, 128, 128, 2)]
    [InlineData(2048, 2048, 2048, 2)]
    [InlineData(256, 50, 400, 4)]
    [InlineData(13, 6272, 128, 3)]
    [InlineData(6272, 47, 128, 64)]
    [InlineData(500, 497, 700, 16)]
    public void Blocks_cover_every_result_once(int m, int n, int k, int threads)
    {
        ProductGrid<float> grid = new(m, n, k, threads);
        int[] visits = new int[m * n];
        for (int block = 0; block < grid.Count; block++)
        {
            (int firstRow, int endRow, int firstColumn, int endColumn) = grid.Block(block);
            Assert.Equal(0, firstColumn % ProductCut<float>.PanelColumns);
            Assert.True(firstRow < endRow && firstColumn < endColumn, $"block {block} is empty");
            for (int i = firstRow; i < endRow; i++)
            {
                for (int j = firstColumn; j < endColumn; j++)
                {
                    visits[(i * n) + j]++;
                }
            }
        }
        Assert.All(visits, count => Assert.Equal(1, count));
    }

    [Theory]
    [InlineData(512, 2)]
    [InlineData(1024, 2)]
    [InlineData(2048, 4)]
    public void Large_squares_give_every_thread_equally_many_blocks(int size, int threads)
    {
        ProductGrid<float> grid = new(size, size, size, threads);
        Assert.Equal(0, grid.Count % threads);
    }
}
