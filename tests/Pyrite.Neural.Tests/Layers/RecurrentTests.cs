using Pyrite.Testing;


namespace Pyrite.Neural.Tests.Layers;

public sealed class RecurrentTests
{
    private static readonly Tensor Sequence = RandomKey.FromSeed(1).Normal([5, 3, 4], DType.Float64).Keep();

    [Fact]
    public void Padded_sequences_give_what_each_gives_alone()
    {
        Lstm network = new Lstm(4, 6, layers: 2, bidirectional: true).To(DType.Float64);
        int[] lengths = [3, 5, 1];
        (Tensor output, Tensor hidden, Tensor cell) = network.Forward(Sequence, lengths: lengths);
        for (int i = 0; i < lengths.Length; i++)
        {
            Tensor alone = Sequence.Slice(0, 0, lengths[i]).Slice(1, i, 1);
            (Tensor ownOutput, Tensor ownHidden, Tensor ownCell) = network.Forward(alone);
            Close.Assert(output.Slice(1, i, 1).Slice(0, 0, lengths[i]).ToArray<double>(), ownOutput.ToArray<double>(), 1e-12, 1e-12, $"output {i}");
            Close.Assert(hidden.Slice(1, i, 1).ToArray<double>(), ownHidden.ToArray<double>(), 1e-12, 1e-12, $"hidden {i}");
            Close.Assert(cell.Slice(1, i, 1).ToArray<double>(), ownCell.ToArray<double>(), 1e-12, 1e-12, $"cell {i}");
        }
        Assert.All(output.Slice(1, 2, 1).Slice(0, 1, 4).ToArray<double>(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Dropout_between_layers_acts_in_training_only()
    {
        Gru network = new Gru(4, 6, layers: 2, dropout: 0.5).To(DType.Float64);
        Assert.NotEqual(network.Forward(Sequence).Output.ToArray<double>(), network.Forward(Sequence).Output.ToArray<double>());
        network = network.Eval();
        Assert.Equal(network.Forward(Sequence).Output.ToArray<double>(), network.Forward(Sequence).Output.ToArray<double>());
    }

    [Fact]
    public void A_cell_applied_step_by_step_is_the_layer()
    {
        Gru layer = new Gru(4, 6).To(DType.Float64);
        GruCell cell = new GruCell(4, 6).To(DType.Float64);
        cell.LoadState(layer.State().ToDictionary(entry => entry.Key.Replace("_l0", "", StringComparison.Ordinal), entry => entry.Value));
        Tensor? state = null;
        for (int time = 0; time < 5; time++)
        {
            state = cell.Forward(Sequence.Select(0, time), state);
        }
        Close.Assert(state!.ToArray<double>(), layer.Forward(Sequence).State.ToArray<double>(), 1e-12, 1e-12, "state");
    }

    [Fact]
    public void Refuses_shapes_and_lengths_that_do_not_fit()
    {
        Rnn network = new(4, 6);
        Assert.Contains("[T, N, 4]", Assert.Throws<ArgumentException>(() => network.Forward(Tensor.Ones(5, 3, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("[1, 3, 6]", Assert.Throws<ArgumentException>(() => network.Forward(Tensor.Ones(5, 3, 4), Tensor.Ones(3, 6))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("lengths", () => network.Forward(Tensor.Ones(5, 3, 4), lengths: [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>("lengths", () => network.Forward(Tensor.Ones(5, 3, 4), lengths: [1, 2, 6]));
        Assert.Contains("[2, 6]", Assert.Throws<ArgumentException>(() => new RnnCell(4, 6).Forward(Tensor.Ones(2, 4), Tensor.Ones(6))).Message,
            StringComparison.Ordinal);
    }
}
