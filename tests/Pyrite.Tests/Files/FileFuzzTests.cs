namespace Pyrite.Tests;

/// <summary>Damaged files of every kind are loaded or refused as invalid data, and take no memory that they could not fill.</summary>
public sealed class FileFuzzTests : IDisposable
{
    /// <summary>The files have some kilobytes; what readers build from them is a small multiple, and the least buffers of streams.</summary>
    private const long MostBytes = 32 << 20;

    private const int Rounds = 250;

    private static readonly Dictionary<string, (Action<string> Write, Action<string> Load)> Kinds = new()
    {
        ["parameters"] = (path => Fitted().Parameters.Save(path), path => Fitted().Parameters.Load(path)),
        ["parameters that wait"] = (path => Fitted().Parameters.Save(path), path =>
        {
            EarlierFiles fresh = new();
            fresh.Svi.Parameters.Load(path);
            fresh.Svi.Step(EarlierFiles.Data);
        }
        ),
        ["checkpoint"] = (path => Fitted().Save(path), path => SviState.Load(path)),
        ["run"] = (path => Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, 2, 10, 4).State!.Save(path), path => McmcState.Load(path)),
        ["draws as arrays"] =
            (path => DrawsNpz.Save(path, new Draws(2, 3, [new DrawsVariable("a", [2], new double[12])])),
                path => DrawsNpz.Load(path, mostBytes: MostBytes)),
        ["draws as text"] =
            (path => File.Move(Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, 1, 10, 4).SaveCsv(path)[0], path),
                path => CmdStanCsv.Load([path])),
        ["estimate"] = (path => File.WriteAllText(path, "# method = optimize\nlp__,a.1,a.2\n1,2,3\n4,5,6\n"), path => CmdStanCsv.LoadEstimate(path)),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-fuzz-").FullName;

    public static TheoryData<string> Names => [.. Kinds.Keys];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Damage_is_refused_or_harmless(string kind)
    {
        string path = Path.Combine(folder, "f");
        Kinds[kind].Write(path);
        byte[] whole = File.ReadAllBytes(path);
        Random dice = new(1);
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = round % 4 == 0 ? whole[..dice.Next(whole.Length)] : [.. whole];
            for (int edit = dice.Next(1, 4); edit > 0 && bytes.Length > 0; edit--)
            {
                // Digits grow into sizes that no file fills; other bytes break what holds them together.
                bytes[dice.Next(Math.Min(bytes.Length, 1500))] = edit % 2 == 0 ? (byte)('0' + dice.Next(10)) : (byte)dice.Next(256);
            }
            File.WriteAllBytes(path, bytes);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Kinds[kind].Load(path);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
        Assert.InRange(refused, Rounds / 10, Rounds);
    }

    private static Svi<Tensor> Fitted()
    {
        EarlierFiles fit = new();
        fit.Svi.Step(EarlierFiles.Data);
        return fit.Svi;
    }
}
