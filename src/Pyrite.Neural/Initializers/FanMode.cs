namespace Pyrite;

/// <summary>Which connections of a weight an initializer counts.</summary>
/// <remarks>As PyTorch: of a weight [a, b, k, …] the inputs of a unit are b·k·…, its outputs a·k·….</remarks>
public enum FanMode
{
    /// <summary>Inputs: the variance is kept from layer to layer going forwards.</summary>
    In,

    /// <summary>Outputs: the variance of gradients is kept going backwards.</summary>
    Out,
}
