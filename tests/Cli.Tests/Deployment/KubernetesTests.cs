using Depth3D.Cluster.Hosting.Settings;
using YamlDotNet.RepresentationModel;

namespace Depth3D.Cli.Tests.Deployment;

/// <summary>What <c>k8s/</c> renders is complete, refers only to what is there, and runs without rights it does not need.</summary>
public sealed class KubernetesTests
{
    /// <summary>A chunk takes at most ten minutes; a pod that goes has longer than that.</summary>
    private const int LongestChunkSeconds = 600;

    [SkippableTheory]
    [InlineData("base", 4)]
    [InlineData("overlays/cpu", 4)]
    [InlineData("overlays/gpu", 4)]
    public async Task Every_role_is_there_and_renders(string folder, int roles)
    {
        var rendered = await Rendered.OfAsync(folder);
        Assert.Equal(roles, rendered.Workloads.Count());
        foreach (var workload in rendered.Workloads)
        {
            var role = workload.Text("metadata", "labels", "depth3d/role")!;
            Assert.Equal("depth3d-" + role, workload.Name());
            Assert.Equal(["node", "start", "--role", role], Container(workload).Items("args").Select(a => a.ToString()));
        }
    }

    [SkippableTheory]
    [InlineData("overlays/cpu")]
    [InlineData("overlays/gpu")]
    public async Task No_pod_has_more_rights_than_it_needs(string folder)
    {
        foreach (var workload in (await Rendered.OfAsync(folder)).Workloads)
        {
            var (pod, container) = (Pod(workload), Container(workload));
            Assert.Equal("true", pod.Text("securityContext", "runAsNonRoot"));
            Assert.NotEqual("0", pod.Text("securityContext", "runAsUser"));
            Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
            Assert.Equal("false", pod.Text("automountServiceAccountToken"));
            Assert.Equal("true", container.Text("securityContext", "readOnlyRootFilesystem"));
            Assert.Equal("false", container.Text("securityContext", "allowPrivilegeEscalation"));
            Assert.Equal(["ALL"], container.Items("securityContext", "capabilities", "drop").Select(c => c.ToString()));
            Assert.NotNull(container.Text("resources", "limits", "memory"));
        }
    }

    [SkippableFact]
    public async Task Pods_are_probed_and_drain_for_longer_than_a_chunk()
    {
        foreach (var workload in (await Rendered.OfAsync("overlays/gpu")).Workloads)
        {
            var container = Container(workload);
            Assert.Equal("/health/live", container.Text("livenessProbe", "httpGet", "path"));
            Assert.Equal("/health/ready", container.Text("readinessProbe", "httpGet", "path"));
            Assert.NotNull(container.At("startupProbe", "httpGet"));
            var isSeed = workload.Name() == "depth3d-seed";
            Assert.True(isSeed || Pod(workload).Number("terminationGracePeriodSeconds") > LongestChunkSeconds, workload.Name());
        }
    }

    [SkippableFact]
    public async Task Every_variable_is_a_setting_and_no_secret_is_in_the_clear()
    {
        var rendered = await Rendered.OfAsync("overlays/cpu");
        var configured = rendered.OfKind("ConfigMap").SelectMany(c => c.Map("data")).Select(p => p.Key);
        var variables = rendered.Workloads.SelectMany(w => Container(w).Items("env")).ToList();
        Assert.All(configured.Concat(variables.Select(v => v.Text("name")!)), name => Assert.Contains(NodeSettings.All, s => s.Variable == name));
        Assert.All(variables.Where(v => NodeSettings.All.Any(s => s.Secret && s.Variable == v.Text("name"))), v => Assert.Null(v.Text("value")));
        Assert.Empty(rendered.OfKind("Secret"));
    }

    [SkippableTheory]
    [InlineData("overlays/cpu")]
    [InlineData("overlays/gpu")]
    public async Task What_is_referred_to_is_there(string folder)
    {
        var rendered = await Rendered.OfAsync(folder);
        string[] secrets = ["depth3d-broker", "depth3d-broker-tls", "depth3d-journal", "depth3d-tokens"]; // made by hand, as k8s/README.md says
        foreach (var workload in rendered.Workloads)
        {
            var volumes = Pod(workload).Items("volumes").Concat(workload.Items("spec", "volumeClaimTemplates")).ToList();
            var names = volumes.Select(v => v.Text("name") ?? v.Name()).ToList();
            Assert.All(Container(workload).Items("volumeMounts"), m => Assert.Contains(m.Text("name")!, names));
            Assert.All(volumes.Select(v => v.Text("secret", "secretName")).OfType<string>(), s => Assert.Contains(s, secrets));
            Assert.All(volumes.Select(v => v.Text("persistentVolumeClaim", "claimName")).OfType<string>(),
                c => Assert.Contains(rendered.OfKind("PersistentVolumeClaim"), p => p.Name() == c));
            foreach (var source in Container(workload).Items("envFrom"))
                Assert.Contains(rendered.OfKind("ConfigMap"), c => c.Name() == source.Text("configMapRef", "name"));
            foreach (var variable in Container(workload).Items("env"))
                if (variable.Text("valueFrom", "secretKeyRef", "name") is { } secret) Assert.Contains(secret, secrets);
        }

        Assert.All(rendered.OfKind("ScaledObject"), s => Assert.Contains(rendered.Workloads,
            w => w.Name() == s.Text("spec", "scaleTargetRef", "name") && w.Text("kind") == s.Text("spec", "scaleTargetRef", "kind")));
    }

    [SkippableFact]
    public async Task Every_selector_finds_a_pod()
    {
        var rendered = await Rendered.OfAsync("overlays/gpu");
        var selectors = rendered.OfKind("Service").Select(s => (s.Name(), s.Map("spec", "selector")))
            .Concat(rendered.OfKind("PodDisruptionBudget").Select(p => (p.Name(), p.Map("spec", "selector", "matchLabels"))))
            .Concat(rendered.OfKind("NetworkPolicy").Where(p => !p.Name().EndsWith("-ingress", StringComparison.Ordinal)) // of the operators' pods
                .Select(p => (p.Name(), p.Map("spec", "podSelector", "matchLabels"))));
        Assert.All(selectors, s => Assert.Contains(rendered.Workloads,
            w => s.Item2.Count > 0 && s.Item2.All(wanted => w.Map("spec", "template", "metadata", "labels").GetValueOrDefault(wanted.Key) == wanted.Value)));
    }

    [SkippableFact]
    public async Task Nothing_is_open_that_no_policy_names()
    {
        var policies = (await Rendered.OfAsync("base")).OfKind("NetworkPolicy").ToList();
        var deny = policies.Single(p => p.Name() == "depth3d-deny");
        Assert.Equal(["Ingress", "Egress"], deny.Items("spec", "policyTypes").Select(t => t.ToString()));
        Assert.Null(deny.At("spec", "ingress") ?? deny.At("spec", "egress"));
        var rules = policies.SelectMany(p => p.Items("spec", "ingress").Concat(p.Items("spec", "egress"))).ToList();
        Assert.All(rules, rule => Assert.True(rule.Items("ports").Any() && (rule.Items("from").Any() || rule.Items("to").Any()), "a rule without a port or a peer is open to all"));
    }

    [SkippableFact]
    public async Task Trainers_ask_for_a_gpu_only_in_the_gpu_overlay()
    {
        Assert.Equal("1", Container(await TrainerOf("overlays/gpu")).Text("resources", "limits", "nvidia.com/gpu"));
        Assert.StartsWith("depth3d-cuda:", Container(await TrainerOf("overlays/gpu")).Text("image"), StringComparison.Ordinal);
        Assert.Null(Container(await TrainerOf("overlays/cpu")).Text("resources", "limits", "nvidia.com/gpu"));
    }

    [SkippableFact]
    public async Task Every_pool_has_a_scaler()
    {
        var triggers = (await Rendered.OfAsync("overlays/cpu")).OfKind("ScaledObject").SelectMany(s => s.Items("spec", "triggers")).ToList();
        foreach (var pool in (string[])["preprocess-cpu", "preprocess-gpu", "trainer", "render"])
            Assert.Contains(triggers, t => t.Text("metadata", "valueLocation") == $"pools.#(pool==\"{pool}\").open");
        Assert.All(triggers, t => Assert.Equal("bearer", t.Text("metadata", "authMode")));
    }

    private static async Task<YamlNode> TrainerOf(string folder) => (await Rendered.OfAsync(folder)).Workloads.Single(w => w.Name() == "depth3d-trainer");

    private static YamlNode Pod(YamlNode workload) => workload.At("spec", "template", "spec")!;

    private static YamlNode Container(YamlNode workload) => Assert.Single(Pod(workload).Items("containers"));
}
