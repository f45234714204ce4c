namespace Pyrite;

/// <summary>What may be chosen about an explorer.</summary>
public sealed record ExplorerOptions
{
    /// <summary>The port to listen on; 0 for one that is free.</summary>
    public int Port
    {
        get; init => field = value is >= 0 and <= 65_535
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Port), value, "A port is a number from 0 (one that is free) to 65535.");
    }

    /// <summary>The file of weights that makes a run folder one of an autoencoder.</summary>
    public string WeightsFile { get; init; } = "weights.safetensors";

    /// <summary>Reads an autoencoder from the path of its weights; null where there are none to show.</summary>
    /// <remarks>It is called again when the file has changed, so a plane moves while its network is trained.</remarks>
    public Func<string, LatentPlane>? Plane { get; init; }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
