using System.IO.Compression;
using System.Security.Cryptography;
using Pyrite.Images;

namespace Pyrite;

public sealed class IdxFileTests
{
    public static TheoryData<string> Names => [.. ImageSets.Mnist.Files.Select(file => file.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Sum_and_length_are_those_of_the_unpacked_bytes(string name)
    {
        IdxFile file = (IdxFile)ImageSets.Mnist.Files.Single(known => known.Name == name);
        using MemoryStream unpacked = new();
        using (GZipStream gzip = new(File.OpenRead(file.FindIn(Repository.MnistFolder)!), CompressionMode.Decompress))
        {
            gzip.CopyTo(unpacked);
        }
        Assert.Equal(file.UnpackedBytes, unpacked.Length);
        Assert.Equal(file.UnpackedSha256, Convert.ToHexStringLower(SHA256.HashData(unpacked.GetBuffer().AsSpan(0, (int)unpacked.Length))));
        Assert.Null(file.FindFault(file.FindIn(Repository.MnistFolder)!));
    }

    [Fact]
    public void One_wrong_byte_is_a_fault()
    {
        using TemporaryFolder folder = new();
        byte[] labels = IdxReader.Read(ImageSets.Mnist.Files[3].FindIn(Repository.MnistFolder)!).Bytes.ToArray();
        Assert.Null(ImageSets.Mnist.Files[3].FindFault(folder.Write("good", IdxBytes.Build([10_000], labels))));
        labels[5_000] ^= 1;
        Assert.Contains("wrong bytes: expected SHA-256 ff7bcfd4",
            ImageSets.Mnist.Files[3].FindFault(folder.Write("bad", IdxBytes.Build([10_000], labels))));
    }
}
