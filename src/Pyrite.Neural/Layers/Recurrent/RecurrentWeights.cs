namespace Pyrite.Layers.Recurrent;

/// <summary>The parameters of one recurrent layer in one direction.</summary>
/// <param name="Input">[G·H, C]: weights on the input, G gates stacked.</param>
/// <param name="State">[G·H, H]: weights on the state.</param>
/// <param name="InputBias">[G·H], or null.</param>
/// <param name="StateBias">[G·H], or null.</param>
internal sealed record RecurrentWeights(Parameter Input, Parameter State, Parameter? InputBias, Parameter? StateBias)
{
    /// <summary>What the input contributes to the gates.</summary>
    public Tensor FromInput(Tensor x) => x.Linear(Input, InputBias?.Value);

    /// <summary>What the state contributes to the gates.</summary>
    public Tensor FromState(Tensor state) => state.Linear(State, StateBias?.Value);
}
