namespace Pyrite.Neural.Tests.Layers;

public sealed class EmbeddingTests
{
    [Fact]
    public void The_padding_row_starts_at_zero_and_stays()
    {
        Embedding table = new(4, 3, paddingIndex: 1);
        Tensor rows = table.Forward(Tensor.From([1L, 2]));
        Assert.Equal([0f, 0f, 0f], rows.ToArray<float>()[..3]);
        new Sgd(table.Parameters, 1).Step(rows.Sum());
        Assert.Equal([0f, 0f, 0f], table.Weight.Value.ToArray<float>()[3..6]);
    }

    [Fact]
    public void Refuses_indices_that_name_no_row()
    {
        Embedding table = new(4, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Forward(Tensor.From([4L])));
        Assert.Throws<ArgumentException>(() => table.Forward(Tensor.Ones(2)));
        Assert.Throws<ArgumentOutOfRangeException>("paddingIndex", () => new Embedding(4, 3, paddingIndex: 4));
    }
}
