namespace Pyrite.Cli.Exploring;

/// <summary>One run of <c>pyrite explore</c>: serves until it is interrupted.</summary>
internal static class Exploration
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] folders, int port, Func<Mnist> data, Terminal terminal, CancellationToken interruption)
    {
        // The digits take half a second to unpack: they are read when a plane is first looked at.
        Lazy<Mnist> mnist = new(data);
        ExplorerOptions options = new() { Port = port, WeightsFile = VaeWeights.FileName, Plane = path => PlaneOf(path, mnist.Value) };
        RunExplorer explorer = Start(folders.Length == 0 ? ["runs"] : folders, options);
        try
        {
            terminal.Output.WriteLine($"Open {explorer.Address} in a browser of this machine. Ctrl-C ends it.");
            terminal.Output.Flush();
            interruption.WaitHandle.WaitOne();
            return ExitCode.Success;
        }
        finally
        {
            explorer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>A trained autoencoder as the explorer takes it.</summary>
    public static LatentPlane PlaneOf(string weights, Mnist mnist)
    {
        Vae vae = ReadWeights(weights);
        vae.Eval();
        return new LatentPlane(vae.Decoder.Forward, images => vae.Encoder.Forward(images).Loc, mnist.Train, mnist.Test);
    }

    private static Vae ReadWeights(string path)
    {
        try
        {
            return VaeWeights.Load(path);
        }
        catch (UsageException problem)
        {
            throw new InvalidDataException(problem.Message, problem);
        }
    }

    private static RunExplorer Start(string[] folders, ExplorerOptions options)
    {
        try
        {
            return RunExplorer.Start(folders, options);
        }
        catch (IOException problem) when (problem is not DirectoryNotFoundException)
        {
            throw new UsageException($"Cannot listen on --port {options.Port}: {problem.Message} Choose another one, or 0 for one that is free.",
                problem);
        }
    }
}
