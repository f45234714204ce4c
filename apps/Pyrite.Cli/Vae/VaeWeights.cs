namespace Pyrite.Cli;

/// <summary>Weights of the autoencoder in safetensors files, under PyTorch's names.</summary>
internal static class VaeWeights
{
    public const string FileName = "weights.safetensors";

    public static void Save(Vae vae, string path) => SafeTensors.Save(path, vae.State());

    /// <summary>Builds an autoencoder from a file; other tensors in the file are ignored.</summary>
    /// <exception cref="UsageException">The file is missing or broken, or holds other weights.</exception>
    public static Vae Load(string path)
    {
        Vae vae = new();
        try
        {
            NamedTensors file = SafeTensors.Load(path);
            vae.LoadState(file.Where(tensor => vae.NamedParameters.ContainsKey(tensor.Key)).ToDictionary());
            return vae;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            throw new UsageException($"Cannot read --weights {path}: {problem.Message}", problem);
        }
    }
}
