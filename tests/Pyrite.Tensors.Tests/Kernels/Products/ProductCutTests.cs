using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Products;

namespace Pyrite.Kernels;

public sealed class ProductCutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(384)]
    [InlineData(385)]
    [InlineData(2048)]
    [InlineData(10_007)]
    public void Chunks_follow_each_other_and_are_nearly_equal(int k)
    {
        ProductCut<float> cut = new(k);
        int next = 0;
        for (int chunk = 0; chunk < cut.Chunks; chunk++)
        {
            (int term, int terms) = cut.Chunk(chunk);
            Assert.Equal(next, term);
            Assert.InRange(terms, cut.LongestChunk - 1, cut.LongestChunk);
            next += terms;
        }
        Assert.Equal(k, next);
        Assert.True(cut.LongestChunk * sizeof(float) <= 1536);
    }

    [Theory]
    [InlineData(2048, 2048, 512 << 10)]
    [InlineData(2048, 2048, 1 << 20)]
    [InlineData(2048, 2048, 2 << 20)]
    [InlineData(1024, 700, 1 << 20)]
    [InlineData(100, 48, 1 << 20)]
    [InlineData(7, 1, 1 << 20)]
    public void A_stage_has_whole_panels_and_fits_half_of_the_second_level_cache(int k, int columns, int bytes)
    {
        using SecondLevelCache.Scope cache = SecondLevelCache.Use(bytes);
        ProductCut<double> cut = new(k);
        int stage = cut.StageColumns(columns);
        Assert.InRange(stage, 1, columns);
        Assert.True(stage == columns || stage % ProductCut<double>.PanelColumns == 0);
        Assert.True((long)stage * cut.LongestChunk * sizeof(double) <= (bytes / 2) + (ProductCut<double>.PanelColumns * 1536));
    }
}
