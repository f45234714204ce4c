using Pyrite.Serialization;

namespace Pyrite;

/// <summary>Tells what a file holds by its first bytes, so that a reader that was given another kind of file can name the right one.</summary>
public static class FileContent
{
    /// <summary>Says of a file that it is an IDX file.</summary>
    public const string Idx = "an IDX file. Read it with IdxReader.Read or LabelledImages.Load.";

    /// <summary>Says of a file that it is a CSV file of draws.</summary>
    public const string Csv = "a CSV file of draws. Read it with CmdStanCsv.Load.";

    /// <summary>Says of a file that it holds the parameters of a fit.</summary>
    public const string Parameters = "a file of parameters. Read it with ParamStore.Load (svi.Parameters.Load).";

    /// <summary>Says of a file that it is a checkpoint of variational inference.</summary>
    public const string Checkpoint = "a checkpoint of variational inference. Read it with Svi.Load or SviState.Load.";

    /// <summary>Says of a file that it is the state of a run of MCMC.</summary>
    public const string Run = "the state of a run of MCMC. Read it with McmcState.Load.";

    /// <summary>Says of a file that it is the state of one chain of a run of MCMC.</summary>
    public const string Chain =
        "the state of one chain of a run of MCMC. Read the run with McmcResult.Load, or go on with Mcmc.Resume, giving the path of its ChainFiles.";

    internal const string Npy = "an NPY file. Read it with Npy.Load.";
    internal const string Npz = "a zip archive of arrays. Read it with Npz.Load, or with DrawsNpz.Load if SaveNpz or DrawsNpz.Save wrote it.";
    internal const string Png = "a PNG picture. Read it with PngImage.Load.";
    internal const string Tensors = "a safetensors file. Read it with SafeTensors.Load, or with Module.Load if it holds the weights of a network.";

    private const int Enough = 16;

    /// <summary>A sentence on what a file is and which reader reads it; empty where that cannot be told.</summary>
    /// <param name="path">The file.</param>
    public static string Reader(string path) => Of(path) is { } content ? "It is " + content : "";

    /// <summary>Reads a file, and adds to the error of a wrong one what it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="own">The content that this reader reads, as a sentence about the file: "an X file. Read it with …".</param>
    /// <param name="read">Reads it; throws <see cref="InvalidDataException"/> for a wrong file.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static T Read<T>(string path, string own, Func<T> read)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"Reading {path}: it is a folder. Give the name of a file in it.");
        }
        if (own != Csv && FileTarget.IsIrregular(path))
        {
            throw new InvalidDataException(
                $"Reading {path}: it is a device, pipe or socket, whose length is not known. Copy what it gives to a file first.");
        }
        try
        {
            return read();
        }
        catch (InvalidDataException fault) when (Of(path) is { } content && content != own
            && !fault.Message.Contains(content, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{fault.Message} It is {content}", fault);
        }
    }

    private static string? Of(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            byte[] start = new byte[Enough];
            ReadOnlySpan<byte> found = start.AsSpan(0, stream.ReadAtLeast(start, Enough, throwOnEndOfStream: false));
            return found.StartsWith(NpyHeader.Magic) ? Npy
                : found.StartsWith("PK"u8) ? Npz
                : found.Length > 3 && found[0] == 0x89 && found[1..].StartsWith("PNG"u8) ? Png
                : found.StartsWith((ReadOnlySpan<byte>)[0, 0, 8]) && found.Length > 3 && found[3] is > 0 and < 5 ? Idx
                : found.Length > 9 && found[8] == '{' ? OfTensors(path)
                : found.StartsWith("#"u8) || found.StartsWith("lp__"u8) ? Csv
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? OfTensors(string path)
    {
        try
        {
            using SafeTensorsFile file = new(path);
            return file.Metadata.ContainsKey("pyrite.svi") ? Checkpoint
                : file.Metadata.ContainsKey("pyrite.mcmc")
                    ? file.Entries.Any(entry => entry.Name.StartsWith("draws/", StringComparison.Ordinal)) ? Run : Chain
                : file.Metadata.ContainsKey("pyrite.parameters") ? Parameters
                : Tensors;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
